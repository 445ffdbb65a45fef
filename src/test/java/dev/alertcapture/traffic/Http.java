package dev.alertcapture.traffic;

import java.nio.charset.StandardCharsets;

/** HTTP/1.1 requests and answers. */
public final class Http {
  private Http() {}

  public static byte[] get(String path) {
    return text("GET " + path + " HTTP/1.1\r\nHost: app\r\nAccept: */*\r\n\r\n");
  }

  public static byte[] status(int code, int bodyLength) {
    byte[] head =
        text(
            "HTTP/1.1 %d Said\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
                .formatted(code, bodyLength));
    return new Octets(head.length + bodyLength).add(head).fill('x', bodyLength).bytes();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
