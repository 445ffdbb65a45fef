package dev.alertcapture.local;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as the Functions host hands it to the Java worker (docs/design/worker.md, "The host and
 * the worker" and 8).
 *
 * @param headers names in lower case, several values joined by commas
 * @param query repeated values joined by commas, empty ones left out
 * @param body bytes for {@code application/octet-stream} and {@code multipart/*}, text for
 *     everything else, whatever the function's {@code dataType}; empty unless there was a
 *     Content-Length above 0
 */
public record HttpCall(
    URI uri,
    String method,
    Map<String, String> headers,
    Map<String, String> query,
    Optional<Object> body) {

  /** Bytes; the host's own limit, 100 MB. */
  static final int MAX_BODY = 100 * 1024 * 1024;

  /** A call of a function, its query as the host hands it over. */
  public static HttpCall of(
      URI uri, String method, Map<String, String> headers, Optional<Object> body) {
    return new HttpCall(uri, method, headers, query(uri.getRawQuery()), body);
  }

  /** Reads the request, or answers empty where its body is over {@link #MAX_BODY}. */
  static Optional<HttpCall> read(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    URI requested = exchange.getRequestURI();
    String authority = headers.getOrDefault("host", "localhost");
    String rawQuery = requested.getRawQuery();
    URI uri =
        URI.create(
            "http://"
                + authority
                + requested.getRawPath()
                + (rawQuery == null ? "" : "?" + rawQuery));
    boolean announced = headers.containsKey("content-length") && bytes.length > 0;
    return Optional.of(
        of(
            uri,
            exchange.getRequestMethod(),
            headers,
            announced ? Optional.of(body(headers.get("content-type"), bytes)) : Optional.empty()));
  }

  /**
   * The request as the function sees it; its body is of {@code bodyType}, or the call fails as it
   * does in Azure.
   */
  public HttpRequestMessage<Object> message(Class<?> bodyType, boolean optional) {
    body.ifPresent(
        value -> {
          if (!bodyType.isInstance(value)) {
            throw new ClassCastException(
                "The worker has a "
                    + value.getClass().getSimpleName()
                    + " for content-type "
                    + headers.get("content-type")
                    + " and can't make a "
                    + bodyType.getSimpleName()
                    + " of it");
          }
        });
    return new Message(this, optional ? body : body.orElse(null));
  }

  private static Object body(String contentType, byte[] bytes) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    boolean binary = type.startsWith("application/octet-stream") || type.startsWith("multipart/");
    return binary ? bytes : new String(bytes, StandardCharsets.UTF_8);
  }

  private static Map<String, String> query(String rawQuery) {
    Map<String, String> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      query.merge(name, value, (one, other) -> one + "," + other);
    }
    query.values().removeIf(String::isEmpty);
    return new LinkedHashMap<>(query);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private record Message(HttpCall call, Object payload) implements HttpRequestMessage<Object> {
    @Override
    public URI getUri() {
      return call.uri;
    }

    @Override
    public HttpMethod getHttpMethod() {
      return HttpMethod.value(call.method);
    }

    @Override
    public Map<String, String> getHeaders() {
      return call.headers;
    }

    @Override
    public Map<String, String> getQueryParameters() {
      return call.query;
    }

    @Override
    public Object getBody() {
      return payload;
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
      return new HttpAnswer().status(status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
      return new HttpAnswer().status(status);
    }
  }
}
