package dev.alertcapture.store;

import dev.alertcapture.store.CaptureStore.Write;
import dev.alertcapture.store.CaptureStore.Write.Insert;
import dev.alertcapture.store.CaptureStore.Write.Replace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be one transaction: the table service refuses the rest, and each store does. */
public final class Transaction {
  private static final Pattern BAD_KEY = Pattern.compile("[/\\\\#?\\p{Cc}]");
  private static final int MAX_CHARS = 2 * 1024 * 1024;

  private Transaction() {}

  /** Throws IllegalArgumentException: what is no transaction is a mistake of ours. */
  public static void check(List<? extends Write> all) {
    Set<String> keys = new HashSet<>();
    int chars = 0;
    for (Write write : all) {
      String value =
          write instanceof Insert i ? i.value() : write instanceof Replace r ? r.value() : "";
      chars += value.length();
      if (!keys.add(write.key())) {
        throw new IllegalArgumentException("two writes of one row: " + write.key());
      }
      if (write.key().length() > 512 || BAD_KEY.matcher(write.key()).find()) {
        throw new IllegalArgumentException("not a key: " + write.key());
      }
      if (value.length() > CaptureStore.MAX_VALUE_CHARS) {
        throw new IllegalArgumentException("a row of " + value.length() + " characters");
      }
    }
    if (all.isEmpty() || all.size() > CaptureStore.MAX_WRITES || chars > MAX_CHARS) {
      throw new IllegalArgumentException(
          "a transaction of " + all.size() + " rows and " + chars + " characters");
    }
  }
}
