package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.infra.Bicep;
import dev.alertcapture.infra.Snapshot;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every setting that the code reads stands in the README's table, in the example and in Bicep. */
class SettingsAreDocumentedTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Za-z_]+)`(?:, `([A-Za-z_]+)`)* \\|", Pattern.MULTILINE);

  private static final Pattern PARAMETER =
      Pattern.compile("@description\\('([A-Za-z]+_?[A-Za-z_]*): ");

  /** Another way into the same store, by a key, which no deployment takes. */
  private static final Set<String> OTHER_WAYS = Set.of("AzureWebJobsStorage");

  /** What the Functions host alone reads. */
  private static final Set<String> THE_HOSTS =
      Set.of(
          "AzureWebJobsStorage__blobServiceUri",
          "AzureWebJobsStorage__queueServiceUri",
          "APPLICATIONINSIGHTS_CONNECTION_STRING",
          "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
          "FUNCTIONS_EXTENSION_VERSION",
          "FUNCTIONS_WORKER_RUNTIME",
          "WEBSITE_RUN_FROM_PACKAGE",
          "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID");

  private static final Set<String> MADE_BY_THE_TEMPLATE =
      Set.of("CAPTURE_STORAGE_ACCOUNT_ID", "CAPTURE_STORE", "AZURE_CLIENT_ID");

  /** Those that Azure sets itself. */
  private static boolean isOurs(String key) {
    return !key.startsWith("WEBSITE_");
  }

  // The connection string is asked for where there is no name, the ways to sign in where there is;
  // a key where the password is encrypted.
  private static Set<String> read() {
    Set<String> asked = new TreeSet<>(read(Map.of()));
    asked.addAll(read(Map.of("AzureWebJobsStorage__accountName", "captures")));
    String encrypted = "76492d1116743f0423413b16050a5345MgB8";
    asked.addAll(
        read(Map.of("AzureTenant", "a", "AzureClientID", "b", "AzureCredPassword", encrypted)));
    return asked.stream().filter(SettingsAreDocumentedTest::isOurs).collect(Collectors.toSet());
  }

  private static Set<String> read(Map<String, String> set) {
    Set<String> asked = new TreeSet<>();
    try {
      Settings.read(
          new HashMap<>(set) {
            private static final long serialVersionUID = 1L;

            @Override
            public String get(Object key) {
              asked.add((String) key);
              return super.get(key);
            }
          });
    } catch (BadSettings e) {
      // Little is set; what is of interest is what was asked for.
    }
    return asked;
  }

  @Test
  void readmeHasThemAllAndNoOther() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Set<String> table =
        ROW.matcher(readme.substring(readme.indexOf("## Settings")))
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toSet());

    assertThat(table).isEqualTo(read());
  }

  @Test
  void exampleHasThemAllAndNoOther() throws IOException {
    Set<String> example = new TreeSet<>();
    new ObjectMapper()
        .readTree(Files.readString(Path.of("local.settings.json.example")))
        .path("Values")
        .fieldNames()
        .forEachRemaining(example::add);
    example.remove("FUNCTIONS_WORKER_RUNTIME");

    assertThat(example).isEqualTo(read());
  }

  private static Set<String> deployed() throws IOException {
    Set<String> set = new TreeSet<>();
    for (Snapshot deployment : Snapshot.ofMain()) {
      set.addAll(deployment.settings().keySet());
    }
    set.removeAll(THE_HOSTS);
    return set;
  }

  @Test
  void deploymentsSetThemAllAndNoOther() throws IOException {
    Set<String> needed = new TreeSet<>(read());
    needed.removeAll(OTHER_WAYS);

    assertThat(deployed()).isEqualTo(needed);
  }

  @Test
  void everyParameterForASettingNamesIt() throws IOException {
    Set<String> named =
        Bicep.read("main.bicep").params().stream()
            .map(param -> PARAMETER.matcher(param.decorators()))
            .filter(Matcher::find)
            .map(setting -> setting.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> settable = new TreeSet<>(deployed());
    settable.removeAll(MADE_BY_THE_TEMPLATE);
    settable.removeIf(setting -> setting.startsWith("AzureWebJobsStorage__"));

    assertThat(named).isEqualTo(settable);
  }
}
