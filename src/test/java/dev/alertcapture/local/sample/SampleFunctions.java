package dev.alertcapture.local.sample;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A made-up app that tells what the host gave it. */
public class SampleFunctions {
  private static final AtomicInteger TICKS = new AtomicInteger();

  private final String origin;
  private int calls;

  public SampleFunctions() {
    this("made by the host");
  }

  SampleFunctions(String origin) {
    this.origin = origin;
  }

  public String echo(
      @HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return request.getHttpMethod()
        + " "
        + request.getUri().getPath()
        + " query="
        + new TreeMap<>(request.getQueryParameters())
        + " x-sample="
        + request.getHeaders().get("x-sample")
        + " body="
        + request.getBody()
        + " function="
        + context.getFunctionName();
  }

  public String bytes(@HttpTrigger(name = "request") HttpRequestMessage<Optional<byte[]>> request) {
    return "bytes=" + request.getBody().map(body -> body.length);
  }

  public HttpResponseMessage thing(
      @HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return request
        .createResponseBuilder(HttpStatus.ACCEPTED)
        .header("Content-Type", "application/json")
        .header("X-Twice", "one")
        .header("x-twice", "two")
        .body("{\"id\":\"" + id + "\"}")
        .build();
  }

  public String firstThing(
      @HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request) {
    return "the literal";
  }

  public String fail(@HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request)
      throws Exception {
    throw new Exception("not for the caller's eyes");
  }

  public String load(@HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request) {
    try {
      return "loaded " + Class.forName(request.getQueryParameters().get("class"));
    } catch (ClassNotFoundException e) {
      return "absent";
    }
  }

  public String instance(
      @HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request) {
    calls++;
    return origin + ", call " + calls;
  }

  public void tick(@TimerTrigger(name = "timer", schedule = "0 0 0 1 1 *") String timer) {
    if (TICKS.getAndIncrement() == 0) {
      throw new IllegalStateException("the first tick fails: " + timer);
    }
  }

  public String ticks(@HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request) {
    return Integer.toString(TICKS.get());
  }

  public String surroundings(
      @HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request) {
    return Path.of("").toAbsolutePath() + " " + new TreeMap<>(System.getenv());
  }
}
