package dev.alertcapture.evidence;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lines in ASCII, written in large pieces: no formatter, no locale, nothing made for a line. */
final class Output {
  private static final int SIZE = 1 << 16;

  private final PrintStream out;
  private final StringBuilder text = new StringBuilder(SIZE + 1024);

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
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    out.write(bytes, 0, bytes.length);
    out.flush();
    text.setLength(0);
  }
}
