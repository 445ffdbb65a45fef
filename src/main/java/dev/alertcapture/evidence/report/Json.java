package dev.alertcapture.evidence.report;

import java.util.Collection;
import java.util.List;

/** Writes JSON (RFC 8259): no number but whole ones and those given as text, no null members. */
public final class Json {
  private final StringBuilder out;
  private boolean first = true;

  public Json(StringBuilder out) {
    this.out = out;
  }

  public Json object() {
    separate();
    return open('{');
  }

  public Json object(String name) {
    name(name);
    return open('{');
  }

  public Json array(String name) {
    name(name);
    return open('[');
  }

  public Json endObject() {
    return close('}');
  }

  public Json endArray() {
    return close(']');
  }

  private Json open(char bracket) {
    out.append(bracket);
    first = true;
    return this;
  }

  private Json close(char bracket) {
    out.append(bracket);
    first = false;
    return this;
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void name(String name) {
    separate();
    text(name);
    out.append(':');
  }

  /** A member, left out where it is null. */
  public Json put(String name, String value) {
    if (value != null) {
      name(name);
      text(value);
    }
    return this;
  }

  public Json put(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  public Json put(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  /** A number that is not whole, written as it is; left out where it is null or no number. */
  public Json put(String name, Double value) {
    if (value != null && !value.isNaN() && !value.isInfinite()) {
      name(name);
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
      out.append(whole ? Long.toString(value.longValue()) : Double.toString(value));
    }
    return this;
  }

  public Json put(String name, Collection<String> values) {
    array(name);
    for (String value : values) {
      add(value);
    }
    return endArray();
  }

  public Json putNumbers(String name, List<Integer> values) {
    array(name);
    for (int value : values) {
      add(value);
    }
    return endArray();
  }

  public Json put(String name, long[] values) {
    array(name);
    for (long value : values) {
      add(value);
    }
    return endArray();
  }

  public Json add(String value) {
    separate();
    text(value);
    return this;
  }

  public Json add(long value) {
    separate();
    out.append(value);
    return this;
  }

  private void text(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7F || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
