package dev.alertcapture.notify;

import dev.alertcapture.capture.CaptureFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ways to files in the configured accounts. A file anywhere else is named, and no more.
 *
 * @param portal the address of the cloud's portal
 * @param cloudToSet what {@code az cloud set} is told first, null for the public cloud
 * @param accounts ARM ids of storage accounts by the URL of their blob service, which ends in a
 *     slash
 */
public record FilePlaces(String portal, String cloudToSet, Map<String, String> accounts) {
  private static final int MOST_PATH = 1200;

  /** The place of a file, null where there is none. */
  FilePlace place(CaptureFile file) {
    if (file == null || file.path() == null) {
      return null;
    }
    String said =
        switch (file.status()) {
          case VERIFIED -> Words.bytes(file.bytes());
          case UNVERIFIED -> "not looked at: " + Words.clean(file.detail(), 300);
          case LOCAL -> "on the machine itself";
        };
    String path = Words.clean(file.path(), MOST_PATH) + " (" + said + ")";
    return accounts.entrySet().stream()
        .filter(account -> file.path().startsWith(account.getKey()))
        .findFirst()
        .map(
            account ->
                new FilePlace(
                    path,
                    portal(account.getValue()),
                    commands(account.getValue(), file.path().substring(account.getKey().length()))))
        .orElseGet(() -> new FilePlace(path, null, List.of()));
  }

  private String portal(String accountId) {
    try {
      return portal
          + "/#resource"
          + new URI(null, null, accountId, null).toASCIIString()
          + "/storagebrowser";
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** None where a shell could make anything else of a name than a name. */
  private List<String> commands(String accountId, String rest) {
    int slash = rest.indexOf('/');
    String blob = decoded(rest.substring(slash + 1));
    if (slash < 1 || rest.length() > MOST_PATH || !Words.clean(blob, MOST_PATH).equals(blob)) {
      return List.of();
    }
    List<String> commands = new ArrayList<>();
    if (cloudToSet != null) {
      commands.add("az cloud set --name " + cloudToSet);
    }
    commands.add(
        "az storage blob download --auth-mode login --account-name "
            + accountId.substring(accountId.lastIndexOf('/') + 1)
            + " --container-name "
            + quoted(rest.substring(0, slash))
            + " --name "
            + quoted(blob)
            + " --file "
            + quoted(fileName(blob)));
    return commands;
  }

  private static String decoded(String part) {
    try {
      // Only forms write a blank as a plus.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  private static String fileName(String blob) {
    String name = blob.substring(blob.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    return name.matches("[A-Za-z0-9_].*") ? name : "capture.cap";
  }

  private static String quoted(String name) {
    return "'" + name.replace("'", "'\\''") + "'";
  }
}
