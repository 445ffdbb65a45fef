package dev.alertcapture.arm;

import java.util.regex.Pattern;

/** The ARM id of a Network Watcher, in any resource group and under any name. */
final class WatcherId {
  private static final Pattern ID =
      Pattern.compile(
          "/subscriptions/[A-Za-z0-9-]{1,64}/resourceGroups/[\\p{L}\\p{N}._()-]{1,90}"
              + "/providers/Microsoft\\.Network/networkWatchers/[A-Za-z0-9._-]{1,80}",
          Pattern.CASE_INSENSITIVE);

  private WatcherId() {}

  static boolean isOne(String id) {
    return id != null && ID.matcher(id).matches() && !id.contains("/../") && !id.endsWith("/..");
  }
}
