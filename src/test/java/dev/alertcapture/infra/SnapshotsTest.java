package dev.alertcapture.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.settings.Settings;
import dev.alertcapture.table.TableAccount;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What recorded deployments make, as far as the code, the docs or people's safety hang on it. */
class SnapshotsTest {
  private static final String IDENTITY = "22222222-2222-2222-2222-222222222222";
  private static final Pattern CLIENT_ID = Pattern.compile("\\[reference\\(.*\\.clientId]");
  private static final Pattern SECRET = Pattern.compile("\\[parameters\\(.*");

  // Of these Azure keeps no tags, or they are part of something that has some.
  private static final Pattern WITHOUT_TAGS =
      Pattern.compile(
          "Microsoft\\.Authorization/.*|.*/(blobServices|containers|managementPolicies|config"
              + "|basicPublishingCredentialsPolicies)|.*ScaleSets/extensions");

  static Stream<Snapshot> deployments() throws IOException {
    return Snapshot.ofMain().stream();
  }

  /** As the app gets them: with what only Azure knows. */
  private static Map<String, String> settings(Snapshot deployment) {
    Map<String, String> settings = new HashMap<>(deployment.settings());
    settings.replaceAll(
        (key, value) ->
            SECRET
                .matcher(CLIENT_ID.matcher(value).replaceAll(IDENTITY))
                .replaceAll("")
                .replaceAll("\\[format\\('https://\\{0}\\.(\\w+)\\..*", "https://host.$1.example"));
    settings.put("WEBSITE_SITE_NAME", "captures");
    settings.put("WEBSITE_AUTH_ENABLED", "true");
    return settings;
  }

  @ParameterizedTest
  @CsvSource({
    "default, https://host",
    "elasticPremium, https://host",
    "agents, https://host",
    "systemAssigned, https://host.table.example"
  })
  void theAppTakesTheSettingsThatItIsGiven(String name, String store) throws Exception {
    Settings settings = Settings.read(settings(Snapshot.read(name)));

    assertThat(settings.plainStorage()).isFalse();
    assertThat(settings.table().endpoint().toString()).startsWith(store);
    String identity = name.equals("systemAssigned") ? null : IDENTITY;
    assertThat(settings.table().access()).isEqualTo(new TableAccount.Access.Identity(identity));
    assertThat(settings.identity().inWords())
        .isEqualTo("managed identity" + (identity == null ? "" : " " + identity));
  }

  @Test
  void aServicePrincipalTakesTheIdentitysPlaceButForTheStore() throws Exception {
    Map<String, String> everything = settings(Snapshot.read("everything"));
    everything.put("AzureCredPassword", "secret");

    Settings settings = Settings.read(everything);

    assertThat(settings.identity().inWords()).startsWith("service principal ");
    assertThat(settings.table().access()).isEqualTo(new TableAccount.Access.Identity(IDENTITY));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void theHostGoesByTheIdentityAlone(Snapshot deployment) {
    Map<String, String> settings = deployment.settings();
    boolean publicCloud = settings.get("AZURE_CLOUD").equals("AzureCloud");

    assertThat(settings)
        .doesNotContainKeys("AzureWebJobsStorage", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING")
        .containsEntry("AzureWebJobsStorage__credential", "managedidentity");
    assertThat(settings.containsKey("AzureWebJobsStorage__accountName")).isEqualTo(publicCloud);
    for (String service : List.of("blob", "queue", "table")) {
      assertThat(settings.containsKey("AzureWebJobsStorage__" + service + "ServiceUri"))
          .isNotEqualTo(publicCloud);
    }
    assertThat(settings.containsKey("APPLICATIONINSIGHTS_AUTHENTICATION_STRING"))
        .isEqualTo(publicCloud);
    assertThat(
            deployment
                .resource("Microsoft.Insights/components")
                .at("/properties/DisableLocalAuth")
                .asBoolean())
        .isEqualTo(publicCloud);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void secretsStandInNoSnapshotAndElsewhereNowhere(Snapshot deployment) {
    Set<String> secrets =
        deployment.settings().entrySet().stream()
            .filter(each -> SECRET.matcher(each.getValue()).matches())
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(secrets)
        .containsExactlyInAnyOrder(
            "AzureCredPassword",
            "AZURE_CRED_KEY",
            "NOTIFY_WEBHOOK_URL",
            "NOTIFY_TEAMS_URL",
            "NOTIFY_SLACK_URL");
    assertThat(deployment.root().toString())
        .doesNotContain("no password", "no key", "example.com/hook");
  }

  @ParameterizedTest
  @CsvSource({"everything, main.bicep", "alertEverything, alert.bicep"})
  void everyParameterIsSetInOneDeployment(String name, String template) throws IOException {
    Set<String> set =
        Pattern.compile("(?m)^param (\\w+) =")
            .matcher(Snapshot.parameters(name))
            .results()
            .map(param -> param.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(set)
        .isEqualTo(
            Bicep.read(template).params().stream()
                .map(Bicep.Param::name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @CsvSource({"everything", "alertEverything"})
  void everythingThatCanHaveTagsHasThem(String name) throws IOException {
    List<JsonNode> taggable =
        Snapshot.read(name).resources().stream()
            .filter(each -> !WITHOUT_TAGS.matcher(each.path("type").asText()).matches())
            .toList();

    assertThat(taggable)
        .hasSizeGreaterThan(3)
        .allSatisfy(each -> assertThat(each.at("/tags/team").asText()).isEqualTo("network"));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void storageAccountsTakeNoStrangers(Snapshot deployment) {
    boolean walled = deployment.name().equals("everything");
    for (JsonNode account : deployment.resources("Microsoft.Storage/storageAccounts")) {
      JsonNode properties = account.path("properties");
      for (String open :
          List.of(
              "allowBlobPublicAccess",
              "allowCrossTenantReplication",
              "isLocalUserEnabled",
              "isSftpEnabled")) {
        assertThat(properties.path(open).asBoolean(true)).as(open).isFalse();
      }
      assertThat(properties.path("allowSharedKeyAccess").asBoolean())
          .isEqualTo(account.path("name").asText().startsWith("pcap"));
      JsonNode rules = properties.path("networkAcls");
      assertThat(rules.path("defaultAction").asText()).isEqualTo(walled ? "Deny" : "Allow");
      assertThat(rules.path("virtualNetworkRules")).hasSize(walled ? 2 : 0);
      assertThat(rules.path("ipRules")).hasSize(walled ? 1 : 0);
    }
  }

  @Test
  void machinesAndScaleSetsGetTheAgentThatUpgradesItself() throws IOException {
    Snapshot agents = Snapshot.read("agents");
    List<JsonNode> extensions =
        Stream.of("virtualMachines", "virtualMachineScaleSets")
            .flatMap(kind -> agents.resources("Microsoft.Compute/" + kind + "/extensions").stream())
            .toList();

    assertThat(extensions)
        .extracting(each -> each.path("name").asText() + " " + each.at("/properties/type").asText())
        .containsExactly(
            "web-01/AzureNetworkWatcherExtension NetworkWatcherAgentLinux",
            "sql-01/AzureNetworkWatcherExtension NetworkWatcherAgentWindows",
            "web-set/AzureNetworkWatcherExtension NetworkWatcherAgentLinux");
    assertThat(extensions)
        .allMatch(each -> each.at("/properties/enableAutomaticUpgrade").asBoolean());
  }
}
