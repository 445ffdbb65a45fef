package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.azure.Cloud;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.health.Check;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.table.TableAccount;
import dev.alertcapture.table.TableCaptureStore;
import dev.alertcapture.testing.CloudWire;
import dev.alertcapture.testing.StubServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom the app talks to in each cloud, and with which tokens, as seen on the wire. */
class CloudsTest {
  private static final String TENANT = "99999999-0000-0000-0000-000000000009";
  private static final String APPLICATION = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
  private static final String SECRET = "hunter2~8Q.";
  private static final Map<String, String> PRINCIPAL =
      Map.of("AzureTenant", TENANT, "AzureClientId", APPLICATION, "AzureCredPassword", SECRET);
  private static final String IN_INSTANCE = "169.254.169.254/metadata/identity/oauth2/token";
  private static final String FOR_STORAGE = "https://storage.azure.com";

  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private CloudWire wire(String manager, String suffix, CloudWire.Refusal refusal) {
    String simulator = world.azure.uri().toString();
    return new CloudWire(
        Map.of(
            "https://" + manager,
            simulator,
            "https://pcapstore.blob." + suffix + "/",
            simulator + "/pcapstore/"),
        refusal);
  }

  /**
   * Takes a capture of a machine from its alert to its file, and looks at every request on the way.
   *
   * @param forManager what a token for the resource manager is asked for with
   * @param forStorage and one for the account
   */
  private void assertTalksTo(
      String machine,
      String manager,
      String suffix,
      String forManager,
      String forStorage,
      Map<String, String> settings)
      throws BadSettings {
    try (CloudWire wire = wire(manager, suffix, null)) {
      world.through(wire, settings);
      Capture capture = world.end(World.idOf(world.alert(World.vm(machine))));

      assertThat(capture.file().status()).isEqualTo(CaptureFile.Status.VERIFIED);
      assertThat(capture.file().path()).startsWith("https://pcapstore.blob." + suffix + "/");
      assertThat(new TreeSet<>(wire.sent()))
          .containsExactlyInAnyOrder(
              forManager,
              forStorage,
              "GET " + manager + " < " + forManager,
              "PUT " + manager + " < " + forManager,
              "POST " + manager + " < " + forManager,
              "HEAD pcapstore.blob." + suffix + " < " + forStorage);
    }
  }

  private void assertPrincipalTalksTo(
      String cloud, String manager, String audience, String authority, String suffix)
      throws BadSettings {
    Map<String, String> settings = new HashMap<>(PRINCIPAL);
    settings.put("AZURE_CLOUD", cloud);
    String token = authority + "/" + TENANT + "/oauth2/v2.0/token scope=";
    assertTalksTo(
        "web-01",
        manager,
        suffix,
        token + audience + "/.default",
        token + FOR_STORAGE + "/.default",
        settings);
  }

  // Tokens of managed identities are kept for the whole process: each test has one of its own.
  private void assertIdentityTalksTo(
      String cloud, String identity, String manager, String audience, String suffix)
      throws BadSettings {
    String token = IN_INSTANCE + " resource=";
    assertTalksTo(
        "web-02",
        manager,
        suffix,
        token + audience,
        token + FOR_STORAGE,
        Map.of("AZURE_CLOUD", cloud, "AZURE_CLIENT_ID", identity));
  }

  @Test
  void publicCloudIsAskedWithItsOwnTokens() throws Exception {
    String manager = "management.azure.com";
    String audience = "https://management.core.windows.net/";
    String suffix = "core.windows.net";
    assertPrincipalTalksTo("AzureCloud", manager, audience, "login.microsoftonline.com", suffix);
    assertIdentityTalksTo(
        "AzureCloud", "11111111-0000-0000-0000-000000000001", manager, audience, suffix);
    assertThat(Cloud.AZURE_CLOUD.portal()).isEqualTo("https://portal.azure.com");
  }

  @Test
  void chinaCloudIsAskedWithItsOwnTokens() throws Exception {
    String manager = "management.chinacloudapi.cn";
    String audience = "https://management.core.chinacloudapi.cn/";
    String suffix = "core.chinacloudapi.cn";
    assertPrincipalTalksTo(
        "AzureChinaCloud", manager, audience, "login.partner.microsoftonline.cn", suffix);
    assertIdentityTalksTo(
        "AzureChinaCloud", "11111111-0000-0000-0000-000000000002", manager, audience, suffix);
    assertThat(Cloud.AZURE_CHINA_CLOUD.portal()).isEqualTo("https://portal.azure.cn");
  }

  @Test
  void usGovernmentCloudIsAskedWithItsOwnTokens() throws Exception {
    String manager = "management.usgovcloudapi.net";
    String audience = "https://management.core.usgovcloudapi.net/";
    String suffix = "core.usgovcloudapi.net";
    assertPrincipalTalksTo(
        "AzureUSGovernment", manager, audience, "login.microsoftonline.us", suffix);
    assertIdentityTalksTo(
        "AzureUSGovernment", "11111111-0000-0000-0000-000000000003", manager, audience, suffix);
    assertThat(Cloud.AZURE_US_GOVERNMENT.portal()).isEqualTo("https://portal.azure.us");
  }

  @Test
  void privateCloudGetsTokensForItsOwnEndpointAndNoneForAzures() throws Exception {
    assertTalksTo(
        "web-01",
        "arm.private.example",
        "core.windows.net",
        IN_INSTANCE + " resource=https://arm.private.example",
        IN_INSTANCE + " resource=" + FOR_STORAGE,
        Map.of(
            "AZURE_RESOURCE_MANAGER_ENDPOINT",
            "https://arm.private.example/",
            "AZURE_CLIENT_ID",
            "11111111-0000-0000-0000-000000000004"));
  }

  @Test
  void tableIsOpenedWithATokenOfItsOwnIdentity() {
    String identity = "11111111-0000-0000-0000-000000000006";
    URI table = URI.create("https://shop.table.core.chinacloudapi.cn");
    TableAccount account = new TableAccount(table, new TableAccount.Access.Identity(identity));
    try (StubServer tables =
            StubServer.answering(
                StubServer.json(404, "{\"odata.error\": {\"code\": \"ResourceNotFound\"}}"));
        CloudWire wire = new CloudWire(Map.of(table.toString(), tables.uri().toString()), null)) {
      assertThat(new TableCaptureStore(account, wire).read("nothing")).isEmpty();

      String token = IN_INSTANCE + " resource=" + FOR_STORAGE;
      assertThat(wire.sent()).containsExactly(token, "GET " + table.getHost() + " < " + token);
    }
  }

  private Check signIn(CloudWire wire, Map<String, String> settings) throws BadSettings {
    world.through(wire, settings);
    return world.app().health().checks(world.call(Duration.ofSeconds(20)).deadline()).stream()
        .filter(check -> check.name().equals("identity"))
        .findFirst()
        .orElseThrow();
  }

  private Check refused(int status, String body, Map<String, String> settings) throws BadSettings {
    try (CloudWire wire =
        wire("management.azure.com", "core.windows.net", new CloudWire.Refusal(status, body))) {
      Check check = signIn(wire, settings);
      assertThat(check.ok()).isFalse();
      assertThat(check.toString()).doesNotContain(SECRET).hasLineCount(1);
      return check;
    }
  }

  @Test
  void healthSaysAsWhomTheAppSignsIn() throws Exception {
    try (CloudWire wire = wire("management.azure.com", "core.windows.net", null)) {
      assertThat(signIn(wire, PRINCIPAL).said())
          .isEqualTo(
              "service principal "
                  + APPLICATION
                  + ", has a token for https://management.azure.com");
    }
  }

  @Test
  void wrongSecretIsToldInTheAuthoritysWordsWithTheWayToANewOne() throws Exception {
    Check check =
        refused(
            401,
            """
            {"error": "invalid_client", "error_codes": [7000215],
              "error_description": "AADSTS7000215: Invalid client secret provided.\\r\\nTrace ID: 1"}
            """,
            PRINCIPAL);

    assertThat(check.said())
        .isEqualTo(
            "signing in as service principal "
                + APPLICATION
                + ": no token could be had, AADSTS7000215: Invalid client secret provided."
                + " Trace ID: 1");
    assertThat(check.remedy())
        .contains("az ad app credential reset --append --id " + APPLICATION, "AzureCredPassword");
  }

  @Test
  void identityThatTheAppDoesNotHaveIsToldInAzuresWords() throws Exception {
    Check check =
        refused(
            400,
            """
            {"error": "invalid_request", "error_description": "Identity not found"}
            """,
            Map.of("AZURE_CLIENT_ID", "11111111-0000-0000-0000-000000000005"));

    assertThat(check.said())
        .contains("managed identity 11111111-0000-0000-0000-000000000005", "Identity not found");
    assertThat(check.remedy()).contains("AZURE_CLIENT_ID");
  }

  @Test
  void brokenAnswerIsNotRepeatedForItMayHoldAToken() throws Exception {
    assertThat(refused(200, "{\"access_token\": eyJhunter2", PRINCIPAL).toString())
        .doesNotContain("eyJhunter2");
    assertThat(refused(503, "eyJhunter2", PRINCIPAL).toString()).doesNotContain("eyJhunter2");
  }

  @Test
  void authorityThatIsNotThereIsAskedTwice() throws Exception {
    CloudWire wire = wire("management.azure.com", "core.windows.net", null);
    wire.close();

    assertThat(signIn(wire, PRINCIPAL).said()).endsWith("no answer (ConnectException)");
    // The checks after it ask again.
    assertThat(wire.sent()).startsWith(wire.sent().get(0), wire.sent().get(0)).hasSize(6);
  }
}
