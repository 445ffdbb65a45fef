package dev.alertcapture.local;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response as a function builds it and the host sends it (docs/design/worker.md, "The host and
 * the worker").
 */
final class HttpAnswer implements HttpResponseMessage, HttpResponseMessage.Builder {
  private static final byte[] NOTHING = {};

  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private HttpStatusType status = HttpStatus.OK;
  private Object body;
  private byte[] content = NOTHING;

  static HttpAnswer empty(HttpStatus status) {
    HttpAnswer answer = new HttpAnswer();
    answer.status = status;
    return answer;
  }

  /** What a function returned, ready to be sent. */
  static HttpAnswer of(Object returned) {
    if (returned == null) {
      return empty(HttpStatus.NO_CONTENT);
    }
    HttpAnswer answer = returned instanceof HttpAnswer built ? built : new HttpAnswer();
    if (answer != returned) {
      answer.body = returned;
    }
    answer.content = answer.write();
    return answer;
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    boolean bodiless = content.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status.value(), bodiless ? -1 : content.length);
    if (!bodiless) {
      exchange.getResponseBody().write(content);
    }
  }

  private byte[] write() {
    if (body == null) {
      return NOTHING;
    }
    if (body instanceof byte[] raw) {
      headers.putIfAbsent("Content-Type", "application/octet-stream");
      return raw;
    }
    if (body instanceof String text) {
      headers.merge(
          "Content-Type", "text/plain; charset=utf-8", (set, ignored) -> withCharset(set));
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw new ClassCastException(
        "A body of "
            + body.getClass()
            + " would be left to the worker's gson; give it text or bytes");
  }

  private static String withCharset(String contentType) {
    boolean named = contentType.toLowerCase(Locale.ROOT).contains("charset=");
    return named ? contentType : contentType + "; charset=utf-8";
  }

  @Override
  public HttpStatusType getStatus() {
    return status;
  }

  @Override
  public String getHeader(String key) {
    return headers.get(key);
  }

  @Override
  public Object getBody() {
    return body;
  }

  @Override
  public Builder status(HttpStatusType newStatus) {
    status = newStatus;
    return this;
  }

  @Override
  public Builder header(String key, String value) {
    headers.put(key, value);
    return this;
  }

  @Override
  public Builder body(Object newBody) {
    body = newBody;
    return this;
  }

  @Override
  public HttpResponseMessage build() {
    return this;
  }
}
