package dev.alertcapture.table;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.util.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the service answered to a transaction: one part for each row, or one about what failed. */
final class TransactionAnswer {
  private static final String KEY = "alert-capture-transaction";
  private static final Pattern INDEX = Pattern.compile("\"value\"\\s*:\\s*\"(\\d{1,2}):");

  private final int rows;
  private List<Part> parts = List.of();
  private boolean hasCome;

  /** An answer about one row. */
  private record Part(int status, String etag, String body) {}

  /** An answer that is yet to come, about so many rows. */
  TransactionAnswer(int rows) {
    this.rows = rows;
  }

  /** A context that has the call's answer put here. */
  Context in(Context context) {
    return context.addData(KEY, this);
  }

  /** Null where the call is no transaction. */
  static TransactionAnswer awaitedBy(HttpPipelineCallContext call) {
    return (TransactionAnswer) call.getData(KEY).orElse(null);
  }

  void came(String body) {
    parts = parts(body);
    hasCome = true;
  }

  boolean hasCome() {
    return hasCome;
  }

  /** Refuses an answer that says neither that all was done nor that another writer was first. */
  void check() {
    Part failed = failed();
    if (failed != null && !isConflict()) {
      throw TableFailure.answered(failed.status(), failed.body());
    }
    if (failed == null && parts.size() != rows) {
      throw TableFailure.unreadable("about " + parts.size() + " rows of " + rows);
    }
  }

  /** Whether nothing took effect, since a row was there, gone or changed. */
  boolean isConflict() {
    Part failed = failed();
    return failed != null && TableFailure.answered(failed.status(), failed.body()).isConflict();
  }

  private Part failed() {
    return parts.stream().filter(part -> part.status() >= 300).findFirst().orElse(null);
  }

  /** Which write failed, or -1 where the service does not say. */
  int failedIndex() {
    Matcher index = INDEX.matcher(failed().body());
    return index.find() ? Integer.parseInt(index.group(1)) : -1;
  }

  /** The rows' ETags in the order of the writes; null for one that was deleted. */
  List<String> etags() {
    List<String> etags = new ArrayList<>();
    parts.forEach(part -> etags.add(part.etag()));
    return etags;
  }

  private static List<Part> parts(String body) {
    List<Part> parts = new ArrayList<>();
    int status = 0;
    String etag = null;
    StringBuilder text = null;
    for (String line : body.split("\r?\n", -1)) {
      if (status == 0) {
        if (line.matches("HTTP/1\\.1 \\d{3}.*")) {
          status = Integer.parseInt(line.substring(9, 12));
        }
      } else if (line.startsWith("--")) {
        parts.add(new Part(status, etag, text == null ? "" : text.toString()));
        status = 0;
        etag = null;
        text = null;
      } else if (text != null) {
        text.append(line);
      } else if (line.isEmpty()) {
        text = new StringBuilder();
      } else if (line.toLowerCase(Locale.ROOT).startsWith("etag:")) {
        etag = line.substring(5).strip();
      }
    }
    return parts;
  }
}
