package dev.alertcapture.evidence.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isRequest(String text) {
    return Http.isRequest(ascii(text), 0, text.length());
  }

  private static int status(String text) {
    return Http.status(ascii(text), 0, text.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1", "POST /", "OPTIONS *", "CONNECT a:443", "PROPFIND /"})
  void aMethodAndASpaceBeginARequest(String text) {
    assertThat(isRequest(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "get /", "GETTER /", " GET /", "HTTP/1.1 200 OK", "PRI * HTTP/2.0"})
  void nothingElseDoes(String text) {
    assertThat(isRequest(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1 200 OK, 200", "HTTP/1.0 503, 503", "HTTP/1.9 499 x, 499"})
  void aStatusLineHasACode(String text, int code) {
    assertThat(status(text)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 20", "HTTP/2 200 OK!", "http/1.1 200", "HTTP/1.1 2x0", "HTTP/1.1 099"})
  void nothingElseHas(String text) {
    assertThat(status(text)).isEqualTo(Http.NONE);
  }

  @Test
  void looksOnlyBetweenItsBounds() {
    byte[] bytes = ascii("xxHTTP/1.1 404 GET /");
    assertThat(Http.status(bytes, 2, 14)).isEqualTo(404);
    assertThat(Http.status(bytes, 2, 13)).isEqualTo(Http.NONE);
    assertThat(Http.isRequest(bytes, 15, 19)).isTrue();
    assertThat(Http.isRequest(bytes, 15, 18)).isFalse();
  }
}
