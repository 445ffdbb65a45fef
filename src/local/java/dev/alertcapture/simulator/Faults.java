package dev.alertcapture.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The faults in force, each with what is left of its count. Safe for use by many threads. */
final class Faults {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if the fault makes no sense; the message says why
   */
  synchronized void add(Fault fault) {
    if (fault.path() == null) {
      throw new IllegalArgumentException("A fault needs a path, a regular expression.");
    }
    if (fault.times() != null && fault.times() < 1) {
      throw new IllegalArgumentException("times is at least 1, or absent for all requests.");
    }
    if (fault.status() != null && (fault.status() < 400 || fault.status() > 599)) {
      throw new IllegalArgumentException("status is from 400 to 599.");
    }
    try {
      entries.add(new Entry(fault, Pattern.compile(fault.path(), Pattern.CASE_INSENSITIVE)));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("path is no regular expression: " + e.getMessage(), e);
    }
  }

  synchronized void clear() {
    entries.clear();
  }

  /** The fault that takes this request, counted as used. */
  synchronized Optional<Fault> take(String method, String path) {
    for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
      Entry entry = each.next();
      if (entry.matches(method, path)) {
        if (--entry.left == 0) {
          each.remove();
        }
        return Optional.of(entry.fault);
      }
    }
    return Optional.empty();
  }

  private static final class Entry {
    private final Fault fault;
    private final Pattern path;
    private long left;

    Entry(Fault fault, Pattern path) {
      this.fault = fault;
      this.path = path;
      this.left = fault.times() == null ? Long.MAX_VALUE : fault.times();
    }

    boolean matches(String method, String requestPath) {
      return (fault.method() == null || fault.method().equalsIgnoreCase(method))
          && path.matcher(requestPath).find();
    }
  }
}
