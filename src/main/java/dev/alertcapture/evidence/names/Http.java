package dev.alertcapture.evidence.names;

import java.nio.charset.StandardCharsets;

/**
 * Recognises the first line of plain HTTP/1 (RFC 9112) at the start of a segment, from its first
 * bytes alone. It looks at methods and status codes, never at targets, headers or bodies.
 */
public final class Http {
  /** What {@link #status} says of bytes that begin no response. */
  public static final int NONE = 0;

  /** RFC 9110, 9.3; RFC 5789; WebDAV's (RFC 4918, RFC 3253, RFC 5323). */
  private static final byte[][] METHODS =
      methods(
          "GET POST HEAD PUT DELETE OPTIONS PATCH CONNECT TRACE PROPFIND PROPPATCH MKCOL COPY MOVE"
              + " LOCK UNLOCK REPORT SEARCH");

  /** A status line up to the code, where d is any digit. */
  private static final byte[] STATUS_LINE = "HTTP/1.d ddd".getBytes(StandardCharsets.US_ASCII);

  private static final int CODE = 9;

  private Http() {}

  /** Whether these bytes begin with a method and a space. */
  public static boolean isRequest(byte[] bytes, int from, int to) {
    for (byte[] method : METHODS) {
      if (startsWith(method, bytes, from, to)) {
        return true;
      }
    }
    return false;
  }

  /** The status code of the response that these bytes begin, or {@link #NONE}. */
  public static int status(byte[] bytes, int from, int to) {
    if (to - from < STATUS_LINE.length) {
      return NONE;
    }
    for (int i = 0; i < STATUS_LINE.length; i++) {
      byte b = bytes[from + i];
      if (STATUS_LINE[i] == 'd' ? b < '0' || b > '9' : b != STATUS_LINE[i]) {
        return NONE;
      }
    }
    int code = 0;
    for (int i = CODE; i < STATUS_LINE.length; i++) {
      code = 10 * code + bytes[from + i] - '0';
    }
    return code >= 100 ? code : NONE;
  }

  private static boolean startsWith(byte[] prefix, byte[] bytes, int from, int to) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[][] methods(String names) {
    String[] words = names.split(" ", -1);
    byte[][] methods = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      methods[i] = (words[i] + " ").getBytes(StandardCharsets.US_ASCII);
    }
    return methods;
  }
}
