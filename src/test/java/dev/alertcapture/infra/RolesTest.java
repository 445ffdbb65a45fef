package dev.alertcapture.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.azure.ArmAction;
import dev.alertcapture.azure.DelegatedAction;
import dev.alertcapture.azure.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deployments give the app what its code needs, where it needs it, and nothing else. */
class RolesTest {
  private static final Pattern LISTED =
      Pattern.compile(
          "(?m)^\\| ([A-Z][\\w ]+) \\| ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) \\|");

  static Stream<Snapshot> deployments() throws IOException {
    return Snapshot.ofMain().stream();
  }

  private static Set<String> actions(Role role, Predicate<DelegatedAction> which) {
    return Stream.of(DelegatedAction.values())
        .filter(action -> action.role() == role)
        .filter(which)
        .map(DelegatedAction::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> needed(Role role) {
    Set<String> all = actions(role, action -> !action.isOptional());
    Stream.of(ArmAction.values())
        .filter(action -> action.role() == role)
        .map(ArmAction::id)
        .forEach(all::add);
    return all;
  }

  /** By name: the names of the actions of each custom role. */
  private static Map<String, Set<String>> customRoles(Snapshot deployment) {
    Map<String, Set<String>> roles = new TreeMap<>();
    for (JsonNode role : deployment.resources("Microsoft.Authorization/roleDefinitions")) {
      assertThat(role.at("/properties/permissions")).hasSize(1);
      assertThat(role.findValue("dataActions")).isNull();
      Set<String> actions = new TreeSet<>();
      role.at("/properties/permissions/0/actions").forEach(each -> actions.add(each.asText()));
      roles.put(role.at("/properties/roleName").asText().replaceAll(" \\(.*", ""), actions);
    }
    return roles;
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void customRolesHoldWhatIsCalledAndWhatIsCheckedForUsAndNoMore(Snapshot deployment) {
    Set<String> capture = needed(Role.CAPTURE);
    if (deployment.name().equals("everything")) {
      capture.addAll(actions(Role.CAPTURE, DelegatedAction::isOptional));
    }
    assertThat(customRoles(deployment))
        .isEqualTo(
            Map.of(
                "Alert packet capture",
                capture,
                "Alert packet capture storage",
                needed(Role.STORAGE)));
  }

  private static Map<String, String> builtIn() throws IOException {
    return LISTED
        .matcher(Files.readString(Path.of("infra/resource-types.md")))
        .results()
        .collect(Collectors.toMap(row -> row.group(2), row -> row.group(1)));
  }

  private static String idOfCustomRole(Snapshot deployment, String name) {
    return deployment.resources("Microsoft.Authorization/roleDefinitions").stream()
        .filter(role -> role.at("/properties/roleName").asText().startsWith(name + " ("))
        .map(role -> role.path("name").asText())
        .findFirst()
        .orElseThrow();
  }

  /** Account, logs or subscription, without what differs between deployments. */
  private static String place(String scope) {
    return scope
        .replaceAll(".*/storageAccounts/(host|pcap).*", "$1")
        .replaceAll(".*/components/.*", "logs")
        .replaceAll("^(/subscriptions/)?[0-9a-f-]{36}$", "subscription");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void theAppHasEachRoleWhereItNeedsItAndNowhereElse(Snapshot deployment) throws IOException {
    Map<String, String> names = new TreeMap<>(builtIn());
    names.put(idOfCustomRole(deployment, "Alert packet capture"), "capture");
    names.put(idOfCustomRole(deployment, "Alert packet capture storage"), "storage");

    Set<String> given =
        deployment.assignments().stream()
            .filter(each -> each.principalType().equals("ServicePrincipal"))
            .map(each -> names.get(each.role()) + " at " + place(each.scope()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(needed(Role.BLOB_DATA_READER)).containsOnly(ArmAction.READ_FILES.id());
    assertThat(given)
        .containsExactlyInAnyOrder(
            "Storage Blob Data Owner at host",
            "Storage Blob Data Contributor at host",
            "Storage Queue Data Contributor at host",
            "Storage Table Data Contributor at host",
            "Monitoring Metrics Publisher at logs",
            "Storage Blob Data Reader at pcap",
            "storage at pcap",
            "capture at subscription");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void rolesGoToTheAppsIdentityAndOneToThePersonWhoDeploys(Snapshot deployment) {
    String whose =
        deployment.name().equals("systemAssigned")
            ? "outputs.principalId.value]"
            : "/userAssignedIdentities/";

    assertThat(deployment.assignments())
        .filteredOn(each -> each.principalType().equals("ServicePrincipal"))
        .hasSizeGreaterThan(7)
        .allMatch(each -> each.principalId().contains(whose));
    assertThat(deployment.assignments())
        .filteredOn(each -> each.principalType().equals("User"))
        .hasSize(deployment.name().equals("everything") ? 0 : 1)
        .allMatch(each -> each.principalId().equals("[deployer().objectId]"))
        .allMatch(each -> place(each.scope()).equals("pcap"))
        .allMatch(each -> each.role().equals("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"));
  }

  @Test
  void everyBuiltInRoleThatIsListedIsGiven() throws IOException {
    Set<String> given = new TreeSet<>();
    for (Snapshot deployment : Snapshot.ofMain()) {
      deployment.assignments().forEach(each -> given.add(each.role()));
    }
    assertThat(builtIn()).hasSize(6);
    assertThat(given).containsAll(builtIn().keySet());
  }
}
