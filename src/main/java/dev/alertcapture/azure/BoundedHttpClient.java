package dev.alertcapture.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * The JDK's HTTP client, under every request of the app. One time-out holds for an answer's headers
 * and its body together, so that a server which trickles holds nobody longer than one that is
 * silent; and no body is longer than {@value #MAX_BODY_BYTES} bytes unless its reader says so.
 * azure-core's own client over the JDK bounds each read of a body, never the whole.
 *
 * <p>A body is read before the answer is given where the caller asks for that, as azure-core's
 * proxies do; else while it is asked for. Whoever asks for none cuts it off by closing the answer.
 */
public final class BoundedHttpClient implements HttpClient {
  /** Most bytes of a body. */
  static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  /** The time-out of requests that bring none of their own, which are those for tokens. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  // Names under which azure-core puts these into the context.
  private static final String TIMEOUT = "azure-response-timeout";
  private static final String EAGERLY = "azure-eagerly-read-response";
  private static final String BODY_LIMIT = "alert-capture-body-limit";

  // The JDK sets these itself, and throws where it is given one.
  private static final Set<String> OF_THE_JDK =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final java.net.http.HttpClient http =
      java.net.http.HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  /** A context for a request that has so much time, its answer's body included. */
  public static Context within(Duration timeout) {
    return new Context(TIMEOUT, timeout);
  }

  /** A context that takes a longer body than usual, for a caller who reads it as it comes. */
  public static Context upTo(long bytes, Context context) {
    return context.addData(BODY_LIMIT, bytes);
  }

  /** A context that has the body read before the answer is given. */
  public static Context eagerly(Context context) {
    return context.addData(EAGERLY, true);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return send(request, Context.NONE);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request, Context context) {
    return Mono.fromCallable(() -> sendSync(request, context));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    Duration timeout = timeout(context);
    long limit = (Long) context.getData(BODY_LIMIT).orElse((long) MAX_BODY_BYTES);
    boolean eagerly = (Boolean) context.getData(EAGERLY).orElse(false);
    try {
      return exchange(request, timeout, limit, eagerly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    }
  }

  private static Duration timeout(Context context) {
    Duration left =
        AzurePipeline.deadline(context).map(deadline -> deadline.left()).orElse(DEFAULT_TIMEOUT);
    Duration own = (Duration) context.getData(TIMEOUT).orElse(left);
    return AzurePipeline.deadline(context).isPresent() && left.compareTo(own) < 0 ? left : own;
  }

  private HttpResponse exchange(HttpRequest request, Duration timeout, long limit, boolean eagerly)
      throws IOException, InterruptedException {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new HttpTimeoutException("no time left");
    }
    long end = System.nanoTime() + timeout.toNanos();
    java.net.http.HttpResponse<BoundedBody> answer =
        http.send(translated(request, timeout), info -> new BoundedBody(end, limit));
    BoundedResponse response =
        new BoundedResponse(request, answer.statusCode(), headers(answer), answer.body());
    if (eagerly) {
      response.read();
    }
    return response;
  }

  private static java.net.http.HttpRequest translated(HttpRequest request, Duration timeout) {
    BinaryData body = request.getBodyAsBinaryData();
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.toBytes());
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.getUrl().toString()))
            .method(request.getHttpMethod().toString(), publisher)
            .timeout(timeout);
    for (HttpHeader header : request.getHeaders()) {
      if (!OF_THE_JDK.contains(header.getName().toLowerCase(Locale.ROOT))) {
        header.getValuesList().forEach(value -> builder.header(header.getName(), value));
      }
    }
    return builder.build();
  }

  private static HttpHeaders headers(java.net.http.HttpResponse<?> answer) {
    HttpHeaders headers = new HttpHeaders();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) ->
                headers.set(com.azure.core.http.HttpHeaderName.fromString(name), values));
    return headers;
  }
}
