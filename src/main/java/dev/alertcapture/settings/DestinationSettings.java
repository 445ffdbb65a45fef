package dev.alertcapture.settings;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where files go.
 *
 * @param storageAccounts ARM ids by region; the key {@code ""} is for every region
 * @param storagePath container and folders in the account, else null
 * @param localPath a folder on the machine, else null
 */
public record DestinationSettings(
    Map<String, String> storageAccounts, String storagePath, String localPath) {
  private static final Pattern STORAGE_ACCOUNT =
      Pattern.compile(
          "/subscriptions/[A-Za-z0-9-]{1,64}/resourceGroups/[\\p{L}\\p{N}._()-]{1,90}"
              + "/providers/Microsoft\\.Storage/storageAccounts/[a-z0-9]{3,24}",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STORAGE_PATH =
      Pattern.compile(
          "(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](/(?!\\.+(/|$))[A-Za-z0-9._-]{1,64}){0,10}");
  private static final Pattern LOCAL_PATH =
      Pattern.compile(
          "(?!.*[/\\\\]\\.\\.?(?:[/\\\\]|$))"
              + "(?:/var/captures(?:/[^/\\\\\\p{Cntrl}]{1,64}){0,5}/?"
              + "|[A-Za-z]:[/\\\\][^:*?\"<>|\\p{Cntrl}]{0,200})");

  static DestinationSettings read(Environment env) {
    DestinationSettings read =
        new DestinationSettings(accounts(env), storagePath(env), localPath(env));
    if (read.storageAccounts.isEmpty()
        && read.localPath == null
        && env.text("CAPTURE_STORAGE_ACCOUNT_ID") == null) {
      env.problem(
          "CAPTURE_STORAGE_ACCOUNT_ID",
          "needed, unless CAPTURE_LOCAL_PATH is set: the ARM id of the storage account that gets"
              + " the files");
    }
    return read;
  }

  /** ARM ids of accounts by region; the key {@code ""} is for every region. */
  private static Map<String, String> accounts(Environment env) {
    String key = "CAPTURE_STORAGE_ACCOUNT_ID";
    Map<String, String> accounts = new LinkedHashMap<>();
    String text = env.text(key);
    for (String part : text == null ? new String[0] : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String region = part.substring(0, Math.max(equals, 0)).strip();
      String id = part.substring(equals + 1).strip();
      if (!STORAGE_ACCOUNT.matcher(id).matches() || !region.matches("[a-z0-9]{0,50}")) {
        env.problem(
            key,
            "not the ARM id of a storage account, /subscriptions/…/resourceGroups/…/providers/"
                + "Microsoft.Storage/storageAccounts/NAME; for several regions region=id,region=id");
        return Map.of();
      }
      if (accounts.put(region, lowerCaseName(id)) != null) {
        env.problem(key, "two accounts for one region; name each once, as in region=id,region=id");
        return Map.of();
      }
    }
    return accounts;
  }

  /** Accounts' names, and so their hosts, are in lower case; ids may come in any. */
  private static String lowerCaseName(String id) {
    int name = id.lastIndexOf('/') + 1;
    return id.substring(0, name) + id.substring(name).toLowerCase(Locale.ROOT);
  }

  /** Container and folders in the account, or null. */
  private static String storagePath(Environment env) {
    return env.matching(
        "CAPTURE_STORAGE_PATH",
        null,
        STORAGE_PATH,
        "container/folder, as in packets/alerts, without a slash at either end");
  }

  /** A folder on the machine, or null. */
  private static String localPath(Environment env) {
    return env.matching(
        "CAPTURE_LOCAL_PATH",
        null,
        LOCAL_PATH,
        "a folder on the machine: on Linux /var/captures or one below it, on Windows one such as"
            + " C:\\captures");
  }
}
