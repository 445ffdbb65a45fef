package dev.alertcapture.capture;

/**
 * One line of the log, which docs/operations.md describes and queries take apart: words without
 * blanks, and texts in quotes. Whatever came from outside is a text, and stays in its quotes and on
 * its line.
 */
public final class LogLine {
  private static final int MAX_CHARS = 1000;

  private final StringBuilder line = new StringBuilder();

  private LogLine(String event) {
    line.append("event=").append(event);
  }

  /** A capture has entered its state. */
  public static LogLine state(Capture c) {
    String note = c.history().get(c.history().size() - 1).note();
    String detail = c.cause() == null || c.cause().detail() == null ? "" : " " + c.cause().detail();
    return of("state", c)
        .word("reason", c.cause() == null ? "none" : c.cause().reason().name())
        .text("text", note + detail);
  }

  /** A channel took a message, or did not. */
  public static LogLine message(Capture c, Notification message) {
    return of("message", c)
        .word("channel", message.channel())
        .word("about", message.about().name())
        .word("status", message.status().name())
        .word("attempts", Integer.toString(message.attempts()))
        .text("text", message.detail());
  }

  /** Nothing is done for a target of an alert. */
  public static LogLine ignored(String alertKey, String target, String reason) {
    return new LogLine("ignored")
        .text("alert", alertKey)
        .text("target", target)
        .text("text", reason);
  }

  private static LogLine of(String event, Capture c) {
    return new LogLine(event)
        .word("capture", c.id())
        .text("alert", c.alert().key())
        .text("target", c.target().id())
        .word("state", c.state().name());
  }

  private LogLine word(String name, String value) {
    line.append(' ').append(name).append('=').append(value);
    return this;
  }

  private LogLine text(String name, String value) {
    String all = value == null ? "" : value;
    String text = all.length() > MAX_CHARS ? all.substring(0, MAX_CHARS) + "…" : all;
    String quoted =
        text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ")
            .replace("\\", "\\\\")
            .replace("\"", "\\\"");
    return word(name, '"' + quoted + '"');
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
