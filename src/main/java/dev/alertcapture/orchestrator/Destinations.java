package dev.alertcapture.orchestrator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Where files go. An account under the key {@code ""} serves every region.
 *
 * @param accounts by region
 * @param localFolder a folder on the machine, else null
 */
public record Destinations(Map<String, Account> accounts, String localFolder) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss").withZone(ZoneOffset.UTC);

  /**
   * A storage account.
   *
   * @param id its ARM id
   * @param folderUrl URL of the folder in it, without a slash at the end; null for Azure's default
   */
  public record Account(String id, String folderUrl) {}

  /** The account for a region, or null. */
  Account account(String region) {
    return accounts.getOrDefault(region, accounts.get(""));
  }

  /** Whether a capture in that region has a place to go to. */
  boolean serve(String region) {
    return localFolder != null || account(region) != null;
  }

  /** A blob's URL that nothing else will ever have, or null for Azure's default. */
  String storagePath(Account account, String session, Instant at) {
    if (account == null || account.folderUrl() == null) {
      return null;
    }
    return account.folderUrl() + "/" + DAY.format(at) + "/" + fileName(session, at);
  }

  /** A path on the machine, with the separator that the folder uses; or null. */
  String filePath(String session, Instant at) {
    if (localFolder == null) {
      return null;
    }
    String separator = localFolder.contains("\\") ? "\\" : "/";
    String folder = localFolder.endsWith(separator) ? localFolder : localFolder + separator;
    return folder + fileName(session, at);
  }

  private static String fileName(String session, Instant at) {
    return session + "-" + TIME.format(at) + ".cap";
  }
}
