package dev.alertcapture.evidence;

import java.io.PrintStream;

/**
 * Lines in ASCII, written in large pieces: no formatter, no locale, nothing allocated for a line.
 */
final class Output {
  private static final int SIZE = 1 << 16;

  private final PrintStream out;
  private final StringBuilder text = new StringBuilder(SIZE + 1024);
  private byte[] bytes = new byte[SIZE + 1024];

  Output(PrintStream out) {
    this.out = out;
  }

  /** The line that is being written. */
  StringBuilder text() {
    return text;
  }

  void endLine() {
    text.append('\n');
    if (text.length() >= SIZE) {
      flush();
    }
  }

  void flush() {
    int length = text.length();
    if (length > bytes.length) {
      bytes = new byte[length];
    }
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    out.write(bytes, 0, length);
    out.flush();
    text.setLength(0);
  }
}
