package dev.alertcapture.notify;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import dev.alertcapture.azure.AzureProblem;
import dev.alertcapture.azure.BoundedHttpClient;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import java.net.URI;
import java.time.Duration;

/**
 * Posts messages to one URL, which is a secret: nothing that it says names it. Redirects are not
 * followed: a message goes where the setting says, or nowhere.
 */
public final class HttpChannel implements Channel {
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http;
  private final URI url;
  private final Message message;

  /** A channel that posts messages of one form. */
  public HttpChannel(HttpClient http, URI url, Message message) {
    this.http = http;
    this.url = url;
    this.message = message;
  }

  @Override
  public void send(Capture capture, CaptureState about, Deadline deadline) throws PortException {
    Duration left = deadline.within(RESPONSE_TIMEOUT).left();
    if (left.isZero()) {
      throw PortException.unavailable("no time left", null);
    }
    HttpRequest request =
        new HttpRequest(HttpMethod.POST, url.toString())
            .setHeader(HttpHeaderName.CONTENT_TYPE, message.contentType() + "; charset=utf-8")
            .setBody(message.json(capture, about));
    message
        .headers()
        .forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
    try (HttpResponse answer = http.sendSync(request, BoundedHttpClient.within(left))) {
      check(answer);
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw PortException.unavailable("no answer, " + cause.getClass().getSimpleName(), null);
    }
  }

  private void check(HttpResponse answer) throws PortException {
    int answered = answer.getStatusCode();
    Message.Meaning meaning = message.meaning(answered, () -> BodyStart.of(answer));
    int status = meaning.status();
    if (status >= 200 && status < 300) {
      return;
    }
    String but = answered < 300 ? ", but: " : ", ";
    String said = "answered " + answered + (meaning.why().isEmpty() ? "" : but + meaning.why());
    if (status == 408 || status == 429 || status >= 500) {
      throw PortException.unavailable(said, AzureProblem.retryAfter(answer.getHeaders()));
    }
    boolean redirects = status >= 300 && status < 400;
    throw PortException.refused(
        Reason.REFUSED, said + (redirects ? ", a redirect, which is not followed" : ""));
  }
}
