package dev.alertcapture.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BadSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAPTURE_TIME_LIMIT        | 10           | PT1S to PT5H",
        "CAPTURE_TIME_LIMIT        | PT0S         | PT1S to PT5H",
        "CAPTURE_TIME_LIMIT        | PT5H1S       | PT1S to PT5H",
        "CAPTURE_TIME_LIMIT        | PT1.5S       | PT1S to PT5H",
        "CAPTURE_TIME_LIMIT        | PT1.0000001S | whole seconds",
        "CAPTURE_TIME_LIMIT        | -PT10S       | ISO 8601",
        "CAPTURE_TIME_LIMIT        | PT99999999999999999999S | ISO 8601",
        "CAPTURE_BYTES_PER_PACKET  | -1           | 0 to 4294967295",
        "CAPTURE_BYTES_PER_PACKET  | 4294967296   | 0 to 4294967295",
        "CAPTURE_BYTES_PER_SESSION | 1 GB         | 0 to 4294967295",
        "CAPTURE_BYTES_PER_SESSION | 9999999999999999999999 | 0 to 4294967295",
        "CAPTURE_LIMIT             | 0            | 1 to 10000",
        "CAPTURE_LIMIT             | 10001        | 1 to 10000",
        "CAPTURE_LIMIT             | ten          | 1 to 10000",
        "CAPTURE_QUEUE_TIMEOUT     | 2m           | such as PT2M",
        "CAPTURE_COOLDOWN          | -PT1S        | such as PT5M",
        "CAPTURE_SESSION_RETENTION | P1Y          | such as PT5M",
        "CAPTURE_HISTORY_RETENTION | P4000D       | such as PT720H",
        "CAPTURE_NAME_PREFIX       | a/b          | 1 to 40 letters, digits",
        "CAPTURE_NAME_PREFIX       | -a           | not a dot or a dash first",
        "CAPTURE_NAME_PREFIX       | abcdefghijklmnopqrstuvwxyzabcdefghijklmno | 1 to 40",
        "CAPTURE_ALERT_KINDS       | Metric,Cost  | Metric, Log",
        "CAPTURE_ALERT_KINDS       | Metric,      | Metric, Log",
        "AZURE_CLOUD               | Azure        | AzureCloud, AzureChinaCloud",
        "AZURE_CLIENT_ID           | me           | a GUID",
        "ALERT_CALLER_ID           | AzNS         | a GUID",
        "ALERT_CALLER_ID           | 461e8683-5575-4561-ac7f-899cc907d62a | App Service Authentication",
        "ALERT_CALLER_ROLE         | two words    | an app role",
        "AZURE_CLIENT_ID           | ------------------------------------ | a GUID",
        "NOTIFY_ON                 | running      | completed, failed, rejected, started",
        "CAPTURE_STORE             | disk         | memory",
        "CAPTURE_STORE             | ''           | memory",
        "WEBSITE_INSTANCE_ID       | 1f           | CAPTURE_STORE: memory does not do in Azure",
        "CAPTURE_STORAGE_PATH      | Packets      | container/folder",
        "CAPTURE_STORAGE_PATH      | pa           | container/folder",
        "CAPTURE_STORAGE_PATH      | -packets     | container/folder",
        "CAPTURE_STORAGE_PATH      | packets-     | container/folder",
        "CAPTURE_STORAGE_PATH      | pa--ckets    | container/folder",
        "CAPTURE_STORAGE_PATH      | packets/     | container/folder",
        "CAPTURE_STORAGE_PATH      | /packets     | container/folder",
        "CAPTURE_STORAGE_PATH      | packets//a   | container/folder",
        "CAPTURE_STORAGE_PATH      | packets/../a | container/folder",
        "CAPTURE_STORAGE_PATH      | packets/..   | container/folder",
        "CAPTURE_STORAGE_PATH      | packets/a?b  | container/folder",
        "CAPTURE_LOCAL_PATH        | 'a\u0007b'   | a folder on the machine",
        "CAPTURE_LOCAL_PATH        | /tmp/captures | /var/captures or one below it",
        "CAPTURE_LOCAL_PATH        | /var/captures2 | /var/captures or one below it",
        "CAPTURE_LOCAL_PATH        | /var/captures/../log | /var/captures or one below it",
        "CAPTURE_LOCAL_PATH        | C:captures    | C:\\captures",
        "CAPTURE_LOCAL_PATH        | D:\\a\\..\\b    | C:\\captures",
        "CAPTURE_FILTERS           | TCP           | not a list in JSON",
        "CAPTURE_FILTERS           | '[{\"remotePort\": \"80-22\"}]' | filter 1, remotePort",
        "CAPTURE_ALLOWED_SCOPES    | 5e0b          | /subscriptions/ID",
        "CAPTURE_ALLOWED_SCOPES    | '/subscriptions/5e0b,' | /subscriptions/ID",
        "CAPTURE_ALLOWED_SCOPES    | /subscriptions/5e0b/resourceGroups/.. | /subscriptions/ID",
        "CAPTURE_ALERT_KINDS       | Everything    | ResourceHealth"
      })
  void aWrongValueIsNamedWithWhatIsRight(String key, String value, String right) {
    assertThat(refusal(key, value)).contains(right).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "packets",
        "{account}",
        "{account}Pack_ets",
        "{account}packets/",
        "{account}packets/blobServices/default",
        "x{account}packets",
        "{account}packets,",
        "westus={account}packets,packets",
        "West US={account}packets",
        "westus={account}packets,westus={account}others",
        "{account}packets,{account}others",
        "/subscriptions/a/../b/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/packets"
      })
  void aWrongStorageAccountIsNamedWithWhatIsRight(String value) {
    assertThat(
            refusal("CAPTURE_STORAGE_ACCOUNT_ID", value.replace("{account}", SettingsTest.ACCOUNT)))
        .startsWith("CAPTURE_STORAGE_ACCOUNT_ID: ")
        .contains("region=id,region=id")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hunter2.example/",
        "http://127.0.0.1.example/hunter2",
        "http://127.0.0.1@example/hunter2",
        "https://me:hunter2@hooks.example/",
        "https:hunter2",
        "https:///hunter2",
        "ftp://localhost/hunter2",
        "hunter2",
        "https://hooks.example/a b hunter2"
      })
  void aWrongUrlIsNotRepeated(String url) {
    for (String key :
        List.of(
            "NOTIFY_WEBHOOK_URL",
            "NOTIFY_TEAMS_URL",
            "NOTIFY_SLACK_URL",
            "AZURE_RESOURCE_MANAGER_ENDPOINT")) {
      assertThat(refusal(key, url))
          .startsWith(key + ": not an https URL")
          .doesNotContain("hunter2")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://arm.example/api", "http://localhost:7072//", "https://a/?b/.."})
  void anEndpointHasNeitherPathNorQuery(String url) {
    assertThat(refusal("AZURE_RESOURCE_MANAGER_ENDPOINT", url)).contains("without a path");
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    Map<String, String> wrong = new HashMap<>();
    SettingsTest.FULL.keySet().forEach(key -> wrong.put(key, "hunter2 \u0001"));
    // Azure's own: no mistake of ours to complain about.
    wrong.remove("WEBSITE_SITE_NAME");
    wrong.remove("WEBSITE_HOSTNAME");
    wrong.remove("WEBSITE_OWNER_NAME");
    wrong.remove("WEBSITE_AUTH_ENABLED");
    // The identity's settings go before it; that it stands beside them is for health to say.
    wrong.remove("AzureWebJobsStorage");
    // Absent it is the table, whose account is then looked at.
    wrong.remove("CAPTURE_STORE");
    BadSettings refusal = catchThrowableOfType(BadSettings.class, () -> Settings.read(wrong));
    for (String key : wrong.keySet()) {
      assertThat(refusal.getMessage()).containsOnlyOnce(key + ": ");
    }
    assertThat(refusal.getMessage()).hasLineCount(wrong.size());
    assertThat(refusal).hasNoCause();
  }

  @Test
  void aLongValueIsNotRepeatedWhole() {
    String message = refusal("CAPTURE_LIMIT", "7".repeat(80) + "8".repeat(80));
    assertThat(message).contains("7".repeat(80) + "…").doesNotContain("8");
  }

  @Test
  void withoutALocalPathAStorageAccountIsNeeded() {
    assertThat(refusal("CAPTURE_STORAGE_ACCOUNT_ID", " ")).contains("needed").hasLineCount(1);
  }

  /** What is said of the least settings with one that is wrong. */
  private static String refusal(String key, String value) {
    Map<String, String> settings = new HashMap<>(SettingsTest.LEAST);
    settings.put(key, value);
    BadSettings refusal = catchThrowableOfType(BadSettings.class, () -> Settings.read(settings));
    assertThat(refusal).as(key + "=" + value).isNotNull();
    return refusal.getMessage();
  }
}
