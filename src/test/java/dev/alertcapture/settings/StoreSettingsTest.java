package dev.alertcapture.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alertcapture.table.TableAccount;
import dev.alertcapture.table.TableAccount.Access;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which account holds the table. */
class StoreSettingsTest {
  private static final String KEY = "c2VjcmV0c2VjcmV0c2VjcmV0";
  private static final String CLIENT = "22222222-2222-2222-2222-222222222222";

  private static TableAccount read(Map<String, String> settings) throws BadSettings {
    Map<String, String> all = new HashMap<>(settings);
    all.put("CAPTURE_LOCAL_PATH", "/var/captures");
    return Settings.read(all).table();
  }

  private static TableAccount connection(String text) throws BadSettings {
    return read(Map.of("AzureWebJobsStorage", text));
  }

  private static void assertProblem(Map<String, String> settings, String... said) {
    assertThatExceptionOfType(BadSettings.class)
        .isThrownBy(() -> read(settings))
        .satisfies(bad -> assertThat(bad.getMessage()).contains(said).doesNotContain(KEY, "sig="));
  }

  @Test
  void connectionStringNamesAccountKeyAndCloud() throws BadSettings {
    TableAccount account =
        connection(
            "DefaultEndpointsProtocol=https;AccountName=web1;AccountKey="
                + KEY
                + "==;EndpointSuffix=core.chinacloudapi.cn");

    assertThat(account.endpoint()).hasToString("https://web1.table.core.chinacloudapi.cn");
    assertThat(account.access()).isEqualTo(new Access.Key("web1", KEY + "=="));
    assertThat(account.toString()).doesNotContain(KEY);
  }

  @Test
  void connectionStringMayNameTheEndpointAndASignature() throws BadSettings {
    TableAccount account =
        connection(
            "SharedAccessSignature=?sv=2019-02-02&sig="
                + KEY
                + "%3D;TableEndpoint=https://Web1.table.core.windows.net/");

    assertThat(account.endpoint()).hasToString("https://web1.table.core.windows.net");
    assertThat(account.access())
        .isEqualTo(new Access.Signature("sv=2019-02-02&sig=" + KEY + "%3D"));
    assertThat(account.toString()).doesNotContain(KEY);
  }

  @Test
  void developmentStorageIsTheEmulatorOnThisMachine() throws BadSettings {
    TableAccount account = connection("UseDevelopmentStorage=true");

    assertThat(account.endpoint()).hasToString("http://127.0.0.1:10002/devstoreaccount1");
    assertThat(account.access()).isInstanceOf(Access.Key.class);
  }

  @Test
  void accountNameMeansTheAppsIdentityInTheCloudsAccount() throws BadSettings {
    TableAccount account =
        read(
            Map.of(
                "AzureWebJobsStorage__accountName",
                "web1",
                "AzureWebJobsStorage__credential",
                "managedidentity",
                "AzureWebJobsStorage__clientId",
                CLIENT,
                "AZURE_CLOUD",
                "AzureUSGovernment"));

    assertThat(account.endpoint()).hasToString("https://web1.table.core.usgovcloudapi.net");
    assertThat(account.access()).isEqualTo(new Access.Identity(CLIENT));
  }

  @Test
  void tableServiceUriGoesBeforeNameAndConnectionString() throws BadSettings {
    TableAccount account =
        read(
            Map.of(
                "AzureWebJobsStorage__tableServiceUri",
                "https://other.table.core.windows.net/",
                "AzureWebJobsStorage__accountName",
                "web1",
                "AzureWebJobsStorage",
                "UseDevelopmentStorage=true"));

    assertThat(account.endpoint()).hasToString("https://other.table.core.windows.net");
    assertThat(account.access()).isEqualTo(new Access.Identity(null));
  }

  @Test
  void memoryNeedsNoAccountAndIsRefusedInAzure() throws BadSettings {
    assertThat(read(Map.of("CAPTURE_STORE", "memory"))).isNull();
    assertProblem(
        Map.of("CAPTURE_STORE", "memory", "WEBSITE_INSTANCE_ID", "1"),
        "CAPTURE_STORE: memory does not do in Azure");
    assertProblem(Map.of("CAPTURE_STORE", "disk"), "CAPTURE_STORE", "one of memory, table");
  }

  @Test
  void noAccountIsAProblemThatSaysWhatToSet() {
    assertProblem(
        Map.of(), "AzureWebJobsStorage: needed", "AzureWebJobsStorage__accountName", "memory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        KEY,
        "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s?sig=1)",
        "AccountName=web1",
        "AccountName=web1;AccountKey=" + KEY + ";EndpointSuffix=x/y",
        "AccountName=web1;AccountKey=" + KEY + ";DefaultEndpointsProtocol=http",
        "AccountName=web1;AccountKey=" + KEY + ";TableEndpoint=http://10.0.0.1:10002/web1",
        "AccountName=Web/1;AccountKey=" + KEY,
        "TableEndpoint=https://web1.table.core.windows.net/?sig=" + KEY,
        "TableEndpoint=https://web1.table.core.windows.net;SharedAccessSignature=sig=a b"
      })
  void whatIsNoConnectionStringIsNotRepeated(String text) {
    assertProblem(Map.of("AzureWebJobsStorage", text), "AzureWebJobsStorage: not a connection");
  }

  @Test
  void identityNeedsHttpsAndAConnectionStringInTheWrongPlaceIsNotRepeated() {
    assertProblem(
        Map.of("AzureWebJobsStorage__tableServiceUri", "http://127.0.0.1:10002/web1"),
        "AzureWebJobsStorage__tableServiceUri: not an https URL");
    assertProblem(
        Map.of("AzureWebJobsStorage__accountName", "AccountName=web1;AccountKey=" + KEY),
        "AzureWebJobsStorage__accountName: not the name");
    assertProblem(
        Map.of(
            "AzureWebJobsStorage__accountName",
            "web1",
            "AzureWebJobsStorage__credential",
            "password"),
        "AzureWebJobsStorage__credential");
  }

  private static boolean plainStorage(String... settings) throws BadSettings {
    Map<String, String> all = new HashMap<>(Map.of("CAPTURE_LOCAL_PATH", "/var/captures"));
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      all.put(parts[0], parts[1]);
    }
    return Settings.read(all).plainStorage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AzureWebJobsStorage=", "AzureWebJobsStorage=UseDevelopmentStorage=true"})
  void plainSettingBesideTheIdentitysIsSeenInAzureBlankOrNot(String plain) throws BadSettings {
    String site = "WEBSITE_SITE_NAME=shop-captures";
    String name = "AzureWebJobsStorage__accountName=web1";
    String url = "AzureWebJobsStorage__tableServiceUri=https://web1.table.core.windows.net";

    assertThat(plainStorage(site, name, plain)).isTrue();
    assertThat(plainStorage(site, url, plain)).isTrue();
    assertThat(plainStorage(site, name)).isFalse();
    assertThat(plainStorage(name, plain)).isFalse();
    assertThat(plainStorage(site, "AzureWebJobsStorage=UseDevelopmentStorage=true")).isFalse();
  }
}
