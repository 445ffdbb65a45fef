package dev.alertcapture.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.alert.CallerRule;
import dev.alertcapture.azure.Cloud;
import dev.alertcapture.azure.Identity;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.options.CaptureOptions.Filter;
import dev.alertcapture.table.TableAccount;
import dev.alertcapture.target.Scopes;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  static final String ACCOUNT =
      "/subscriptions/0aa1-b/resourceGroups/shop.rg/providers/Microsoft.Storage/storageAccounts/";
  static final Map<String, String> LEAST =
      Map.of("CAPTURE_STORE", "memory", "CAPTURE_STORAGE_ACCOUNT_ID", ACCOUNT + "packets");

  /** Every key that is read where the table's account is given by its name. */
  static final Map<String, String> FULL =
      Map.ofEntries(
          Map.entry(
              "CAPTURE_STORAGE_ACCOUNT_ID",
              "westus = %swest, northeurope=%snorth".formatted(ACCOUNT, ACCOUNT)),
          Map.entry("CAPTURE_STORAGE_PATH", "packets/Shop_1/alerts.d"),
          Map.entry("CAPTURE_LOCAL_PATH", "/var/captures"),
          Map.entry("CAPTURE_TIME_LIMIT", "PT5H"),
          Map.entry("CAPTURE_BYTES_PER_PACKET", "128"),
          Map.entry("CAPTURE_BYTES_PER_SESSION", "4294967295"),
          Map.entry("CAPTURE_FILTERS", "[{\"protocol\": \"tcp\", \"remotePort\": 443}]"),
          Map.entry("CAPTURE_LIMIT", "99"),
          Map.entry("CAPTURE_QUEUE_TIMEOUT", "PT0S"),
          Map.entry("CAPTURE_COOLDOWN", "PT1H"),
          Map.entry("CAPTURE_SESSION_RETENTION", "PT7M"),
          Map.entry("CAPTURE_HISTORY_RETENTION", "P90D"),
          Map.entry("CAPTURE_NAME_PREFIX", "shop_"),
          Map.entry("CAPTURE_STOP_ON_RESOLVED", "TRUE"),
          Map.entry("CAPTURE_ALERT_KINDS", "log"),
          Map.entry(
              "CAPTURE_ALLOWED_SCOPES",
              "/subscriptions/5E0B/, /subscriptions/0aa1-b/resourceGroups/Shop.RG"),
          Map.entry("AZURE_CLOUD", "azurechinacloud"),
          Map.entry("AZURE_RESOURCE_MANAGER_ENDPOINT", "http://localhost:7072/"),
          Map.entry("AZURE_CLIENT_ID", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
          Map.entry("NOTIFY_WEBHOOK_URL", "https://hooks.example/T0/hunter2?sig=hunter2"),
          Map.entry("NOTIFY_TEAMS_URL", "https://teams.example/w/hunter2?sig=hunter2"),
          Map.entry("NOTIFY_SLACK_URL", "https://slack.example/services/T0/B0/hunter2"),
          Map.entry("NOTIFY_ON", "Started, failed"),
          Map.entry("ALERT_CALLER_ID", "461e8683-5575-4561-ac7f-899cc907d62a"),
          Map.entry("ALERT_CALLER_ROLE", "Alerts.Post"),
          Map.entry("WEBSITE_AUTH_ENABLED", "True"),
          Map.entry("WEBSITE_SITE_NAME", "shop-captures"),
          Map.entry("WEBSITE_HOSTNAME", "shop-captures.azurewebsites.net"),
          Map.entry("WEBSITE_OWNER_NAME", "5e0b1f2a-0000-4000-8000-00000000000A+shop-webspace"),
          Map.entry("CAPTURE_STORE", "Table"),
          Map.entry("AzureWebJobsStorage", ""),
          Map.entry("AzureWebJobsStorage__accountName", "shop"),
          Map.entry("AzureWebJobsStorage__credential", "managedidentity"),
          Map.entry("AzureWebJobsStorage__clientId", "1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"));

  @Test
  void defaultsFollowTheDocumentedFunction() throws BadSettings {
    assertThat(Settings.read(LEAST))
        .isEqualTo(
            new Settings(
                new DestinationSettings(Map.of("", ACCOUNT + "packets"), null, null),
                new CaptureSettings(
                    new CaptureOptions(Duration.ofSeconds(10), 0, 1073741824, List.of()),
                    10,
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(5),
                    Duration.ofDays(30),
                    "alert-",
                    false,
                    List.of(Alert.Kind.METRIC, Alert.Kind.LOG),
                    Scopes.ALL),
                Cloud.AZURE_CLOUD,
                null,
                new Identity.Managed(null),
                new NotifySettings(
                    null,
                    null,
                    null,
                    List.of(CaptureState.COMPLETED, CaptureState.FAILED, CaptureState.REJECTED)),
                new SiteSettings(null, null, null),
                null,
                false,
                null));
  }

  @Test
  void everySettingIsRead() throws BadSettings {
    assertThat(Settings.read(FULL))
        .isEqualTo(
            new Settings(
                new DestinationSettings(
                    Map.of("westus", ACCOUNT + "west", "northeurope", ACCOUNT + "north"),
                    "packets/Shop_1/alerts.d",
                    "/var/captures"),
                new CaptureSettings(
                    new CaptureOptions(
                        Duration.ofHours(5),
                        128,
                        4294967295L,
                        List.of(new Filter("TCP", null, null, null, "443"))),
                    99,
                    Duration.ZERO,
                    Duration.ofHours(1),
                    Duration.ofMinutes(7),
                    Duration.ofDays(90),
                    "shop_",
                    true,
                    List.of(Alert.Kind.LOG),
                    new Scopes(
                        List.of(
                            "/subscriptions/5e0b",
                            "/subscriptions/0aa1-b/resourcegroups/shop.rg"))),
                Cloud.AZURE_CHINA_CLOUD,
                URI.create("http://localhost:7072"),
                new Identity.Managed("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
                new NotifySettings(
                    new SecretUrl(URI.create("https://hooks.example/T0/hunter2?sig=hunter2")),
                    new SecretUrl(URI.create("https://teams.example/w/hunter2?sig=hunter2")),
                    new SecretUrl(URI.create("https://slack.example/services/T0/B0/hunter2")),
                    List.of(CaptureState.RUNNING, CaptureState.FAILED)),
                new SiteSettings(
                    "shop-captures",
                    "https://shop-captures.azurewebsites.net",
                    "5e0b1f2a-0000-4000-8000-00000000000a"),
                new TableAccount(
                    URI.create("https://shop.table.core.chinacloudapi.cn"),
                    new TableAccount.Access.Identity("1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")),
                true,
                new CallerRule("461e8683-5575-4561-ac7f-899cc907d62a", "Alerts.Post")));
  }

  @Test
  void theFullMapHasEveryKeyAndDiffersFromEveryDefault() throws Exception {
    Set<String> asked = new HashSet<>();
    Settings full =
        Settings.read(
            new HashMap<>(FULL) {
              private static final long serialVersionUID = 1L;

              @Override
              public String get(Object key) {
                asked.add((String) key);
                return super.get(key);
              }
            });
    assertThat(asked)
        .containsAll(FULL.keySet())
        .hasSize(FULL.size() + 4)
        .contains(
            "AzureWebJobsStorage__tableServiceUri",
            "AzureTenant",
            "AzureClientID",
            "AzureCredPassword");
    Settings defaults = Settings.read(LEAST);
    for (RecordComponent each : Settings.class.getRecordComponents()) {
      assertThat(each.getAccessor().invoke(full))
          .as(each.getName())
          .isNotEqualTo(each.getAccessor().invoke(defaults));
    }
  }

  @Test
  void blankMeansAbsent() throws BadSettings {
    Map<String, String> blank = new HashMap<>();
    FULL.keySet().forEach(key -> blank.put(key, " \t"));
    blank.put("WEBSITE_INSTANCE_ID", "");
    blank.putAll(LEAST);
    assertThat(Settings.read(blank)).isEqualTo(Settings.read(LEAST));
  }

  @Test
  void blanksAroundAValueAreNoPartOfIt() throws BadSettings {
    Map<String, String> spaced = new HashMap<>();
    FULL.forEach((key, value) -> spaced.put(key, "  " + value + "\n"));
    assertThat(Settings.read(spaced)).isEqualTo(Settings.read(FULL));
  }

  @Test
  void anAccountsNameIsTakenInLowerCaseAsItsHostHasIt() throws BadSettings {
    Map<String, String> upper = new HashMap<>(LEAST);
    upper.computeIfPresent(
        "CAPTURE_STORAGE_ACCOUNT_ID", (k, id) -> id.replace("packets", "PackEts"));
    assertThat(Settings.read(upper)).isEqualTo(Settings.read(LEAST));
  }

  @Test
  void aLocalPathDoesWithoutAStorageAccount() throws BadSettings {
    Settings settings =
        Settings.read(Map.of("CAPTURE_STORE", "memory", "CAPTURE_LOCAL_PATH", "C:\\captures"));
    assertThat(settings.destinations().storageAccounts()).isEmpty();
    assertThat(settings.destinations().localPath()).isEqualTo("C:\\captures");
  }

  @Test
  void aSecretUrlNeverPrints() throws BadSettings {
    Settings full = Settings.read(FULL);
    assertThat(full.toString()).contains("SecretUrl[https://…]").doesNotContain("hunter2");
    assertThat(full.notifications().webhook().url().toString()).contains("hunter2");
  }
}
