package dev.alertcapture.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer whose body is bounded, and read once: in whole, or as a stream. */
final class BoundedResponse extends HttpResponse {
  private final int status;
  private final HttpHeaders headers;
  private final BoundedBody body;
  private BinaryData whole;

  BoundedResponse(HttpRequest request, int status, HttpHeaders headers, BoundedBody body) {
    super(request);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Reads the whole body, unless that is done. */
  synchronized BinaryData read() throws IOException {
    if (whole == null) {
      whole = BinaryData.fromBytes(body.readAllBytes());
    }
    return whole;
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
  public BinaryData getBodyAsBinaryData() {
    try {
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized InputStream getBodyAsInputStreamSync() {
    return whole == null ? body : whole.toStream();
  }

  @Override
  public Flux<ByteBuffer> getBody() {
    return getBodyAsByteArray().map(ByteBuffer::wrap).flux();
  }

  @Override
  public Mono<byte[]> getBodyAsByteArray() {
    return Mono.fromCallable(() -> read().toBytes());
  }

  @Override
  public Mono<String> getBodyAsString() {
    return getBodyAsString(StandardCharsets.UTF_8);
  }

  @Override
  public Mono<String> getBodyAsString(Charset charset) {
    return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
  }

  @Override
  public HttpResponse buffer() {
    getBodyAsBinaryData();
    return this;
  }

  @Override
  public void close() {
    body.close();
  }
}
