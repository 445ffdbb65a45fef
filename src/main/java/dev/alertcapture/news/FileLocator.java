package dev.alertcapture.news;

import dev.alertcapture.capture.CaptureFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ways to files in the configured accounts. A file anywhere else is named, and no more.
 *
 * @param portal the address of the cloud's portal
 * @param cloudToSet what {@code az cloud set} is told first, null for the public cloud
 * @param accounts ARM ids of storage accounts by the URL of their blob service, which ends in a
 *     slash
 */
public record FileLocator(String portal, String cloudToSet, Map<String, String> accounts) {
  private static final int MAX_PATH = 1200;
  private static final int MAX_COMMAND = 2500;

  // PowerShell takes any of them for the end of a quoted text.
  private static final Pattern QUOTES = Pattern.compile("['\u2018-\u201b]");

  // The CLI reads a file for the one, and takes the other for an option.
  private static final Pattern FOR_THE_CLI = Pattern.compile("^[@-]");

  /** The place of a file, null where there is none. */
  FileLocation place(CaptureFile file) {
    if (file == null || file.path() == null) {
      return null;
    }
    String said =
        switch (file.status()) {
          case VERIFIED -> several(file) + Phrases.bytes(file.bytes());
          case UNVERIFIED -> "not looked at: " + Phrases.clean(file.detail(), 300);
          case LOCAL -> "on the machine itself";
        };
    String url = file.parts().size() == 1 ? file.parts().get(0).path() : file.path();
    String blob = largest(file).map(CaptureFile.Part::path).orElse(url);
    boolean set = file.parts().size() > 1 || isOfSet(file);
    String begins = blob.equals(file.path()) && set ? "all that begins with " : "";
    String path = begins + Phrases.clean(blob, MAX_PATH) + " (" + said + ")";
    return accounts.entrySet().stream()
        .filter(account -> url.startsWith(account.getKey()))
        .findFirst()
        .map(
            account ->
                new FileLocation(
                    path,
                    portal(account.getValue()),
                    commands(account.getValue(), url.substring(account.getKey().length()), set)))
        .orElseGet(() -> new FileLocation(path, null, List.of()));
  }

  /** What a set's files begin with is no file itself, so one that is there is named. */
  private static Optional<CaptureFile.Part> largest(CaptureFile file) {
    return file.parts().stream().max(Comparator.comparingLong(CaptureFile.Part::bytes));
  }

  private static String several(CaptureFile file) {
    int number = file.parts().size();
    return number < 2 ? "" : "the largest of " + number + " files, together ";
  }

  /** Whether a path that nobody looked at is one for several files: those have no ending. */
  private static boolean isOfSet(CaptureFile file) {
    return file.status() == CaptureFile.Status.UNVERIFIED && !file.path().endsWith(".cap");
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

  /** None where a shell or the CLI could make anything else of a name than a name. */
  private List<String> commands(String accountId, String rest, boolean several) {
    int slash = rest.indexOf('/');
    String blob = decoded(rest.substring(slash + 1));
    String container = rest.substring(0, Math.max(0, slash));
    if (container.isEmpty()
        || !Phrases.clean(blob, MAX_PATH).equals(blob)
        || QUOTES.matcher(container + blob).find()
        || FOR_THE_CLI.matcher(blob).find()) {
      return List.of();
    }
    List<String> commands = new ArrayList<>();
    if (cloudToSet != null) {
      commands.add("az cloud set --name " + cloudToSet);
    }
    String account = accountId.substring(accountId.lastIndexOf('/') + 1);
    String command =
        several
            ? az("download-batch", account)
                + " --source "
                + quoted(container)
                + " --pattern "
                + quoted(pattern(blob))
                + " --destination ."
            : az("download", account)
                + " --container-name "
                + quoted(container)
                + " --name "
                + quoted(blob)
                + " --file "
                + quoted(fileName(blob));
    commands.add(command);
    return command.length() > MAX_COMMAND ? List.of() : commands;
  }

  private static String az(String verb, String account) {
    return "az storage blob " + verb + " --auth-mode login --account-name " + account;
  }

  /** Whatever begins like that name, its ending aside; a wildcard in the name stands for itself. */
  private static String pattern(String blob) {
    return blob.replaceAll("\\.[^./]*$", "").replaceAll("[*?\\[]", "[$0]") + "*";
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
    return "'" + name + "'";
  }
}
