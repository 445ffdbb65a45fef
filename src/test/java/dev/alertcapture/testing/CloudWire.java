package dev.alertcapture.testing;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The wire between the app and a cloud. Places of the cloud are served on this machine, and hosts
 * are exchanged both ways, so that neither side notices; whatever else is asked is taken for a
 * request for a token. Each token says where it was asked for, and for what.
 */
public final class CloudWire implements HttpClient, AutoCloseable {
  private static final HttpHeaderName ASKED = HttpHeaderName.fromString("X-Asked");

  private final HttpClient http = StubServer.client();
  private final Map<String, String> places;
  private final Refusal refusal;
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final StubServer tokens = StubServer.answering(this::answer);

  /** What is answered in place of a token. */
  public record Refusal(int status, String body) {}

  /**
   * A wire.
   *
   * @param places the servers on this machine, by the cloud's URLs that they stand for; what comes
   *     later in the alphabet is looked at first
   * @param refusal null for tokens
   */
  public CloudWire(Map<String, String> places, Refusal refusal) {
    this.places = new TreeMap<String, String>(places).descendingMap();
    this.refusal = refusal;
  }

  /** Each request: {@code METHOD host < token}, and for tokens {@code address audience}. */
  public List<String> sent() {
    return sent;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> sendSync(request, Context.NONE));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    URL url = request.getUrl();
    String body = request.getBody() == null ? "" : request.getBodyAsBinaryData().toString();
    HttpHeaders headers = new HttpHeaders(request.getHeaders());
    String there = there(url.toString());
    if (there.equals(url.toString())) {
      String asked = url.getHost() + url.getPath() + " " + audience(url.getQuery() + "&" + body);
      sent.add(asked);
      headers.set(ASKED, asked);
      there = tokens.uri() + url.getFile();
    } else {
      String bearer = headers.getValue(HttpHeaderName.AUTHORIZATION).replace("Bearer ", "");
      sent.add(request.getHttpMethod() + " " + url.getHost() + " < " + bearer);
    }
    HttpRequest copy = new HttpRequest(request.getHttpMethod(), there).setHeaders(headers);
    if (!body.isEmpty()) {
      copy.setBody(there(body));
    }
    return new Answer(request, http.sendSync(copy, context));
  }

  /** Without the scopes that every client asks for as well. */
  private static String audience(String parameters) {
    for (String pair : parameters.split("&", -1)) {
      if (pair.startsWith("scope=") || pair.startsWith("resource=")) {
        return URLDecoder.decode(pair, StandardCharsets.UTF_8)
            .replaceAll("\\b(openid|profile|offline_access)\\b", "")
            .replace(" ", "");
      }
    }
    return "nothing";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String token =
        """
        {"token_type": "Bearer", "expires_in": 86399, "expires_on": "4102444800",
          "access_token": "%s"}
        """
            .formatted(exchange.getRequestHeaders().getFirst(ASKED.getCaseInsensitiveName()));
    Refusal right = refusal == null ? new Refusal(200, token) : refusal;
    StubServer.json(right.status(), right.body()).handle(exchange);
  }

  private String there(String text) {
    String there = text;
    for (Map.Entry<String, String> place : places.entrySet()) {
      there = there.replace(place.getKey(), place.getValue());
    }
    return there;
  }

  private String back(String text) {
    String back = text;
    for (Map.Entry<String, String> place : places.entrySet()) {
      back = back.replace(place.getValue(), place.getKey());
    }
    return back;
  }

  @Override
  public void close() {
    tokens.close();
  }

  /** An answer as the cloud would have given it. */
  private final class Answer extends HttpResponse {
    private final int status;
    private final HttpHeaders headers = new HttpHeaders();
    private final String body;

    Answer(HttpRequest request, HttpResponse from) {
      super(request);
      try (from) {
        status = from.getStatusCode();
        for (HttpHeader header : from.getHeaders()) {
          headers.set(HttpHeaderName.fromString(header.getName()), back(header.getValue()));
        }
        body = back(from.getBodyAsBinaryData().toString());
      }
    }

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    @Deprecated
    public String getHeaderValue(String name) {
      return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
      return getBodyAsByteArray().map(ByteBuffer::wrap).flux();
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return Mono.just(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Mono<String> getBodyAsString() {
      return Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return Mono.just(body);
    }
  }
}
