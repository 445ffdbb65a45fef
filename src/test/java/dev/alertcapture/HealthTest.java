package dev.alertcapture;

import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.health.Check;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.table.TableAccount.Access;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check says what it saw, and what to do. */
class HealthTest {
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
    world.tick();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private Deadline deadline() {
    return world.call(Duration.ofSeconds(20)).deadline();
  }

  private Check check(String name) {
    List<Check> checks = world.app().health().checks(deadline());
    return checks.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private Check check(String machine, String name) {
    Target target = Target.parse(vm(machine)).orElseThrow();
    return world.app().health().checks(target, deadline()).stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everythingIsWellWithTheDefaultInventory() {
    assertThat(world.app().health().checks(deadline())).allMatch(Check::ok);
    assertThat(world.app().health().checks(Target.parse(vm("web-01")).orElseThrow(), deadline()))
        .hasSize(5)
        .allMatch(Check::ok);
  }

  @Test
  void storeIsNamedWithTheWayInToIt() {
    assertThat(check("store").said()).isEqualTo("memory, in this process");
    assertThat(new Access.Key("shop", "c2VjcmV0").inWords()).isEqualTo("by account key");
    assertThat(new Access.Identity("0f1e").inWords()).isEqualTo("by managed identity 0f1e");
  }

  @Test
  void plainStorageSettingBesideTheIdentitysIsNamedWithTheCommandThatDeletesIt() throws Exception {
    world
        .with("WEBSITE_SITE_NAME", "shop-captures")
        .with("AzureWebJobsStorage__accountName", "web1");
    assertThat(check("settings").ok()).isTrue();

    world.with("AzureWebJobsStorage", "");

    assertThat(check("settings").ok()).isFalse();
    assertThat(check("settings").remedy())
        .contains("az functionapp config appsettings delete --setting-names AzureWebJobsStorage ");
  }

  @Test
  void timerThatStaysAwayIsSeenAfterThreeTicks() throws Exception {
    world.clock.advance(Duration.ofSeconds(90));
    assertThat(check("timer").ok()).isTrue();

    world.clock.advance(Duration.ofSeconds(1));
    assertThat(check("timer").ok()).isFalse();
    assertThat(check("timer").remedy()).contains("Poll");
  }

  @Test
  void lastAlertIsToldWithWhatBecameOfIt() throws Exception {
    world.app().deliveries().addRefused("no alert");
    assertThat(check("last alert").said()).isEqualTo("2026-03-01T02:00:15Z, refused");

    world.clock.advance(Duration.ofSeconds(1));
    String body = World.fired(vm("ghost"));
    Alert alert = world.app().alerts().read(body);
    world.app().deliveries().add(alert, world.post(body));
    assertThat(check("last alert").said())
        .startsWith("2026-03-01T02:00:16Z, accepted; its capture ")
        .endsWith(": FAILED TARGET_NOT_FOUND");
  }

  @Test
  void missingRightToListWatchersIsNamed() {
    world.azure.addFault(Fault.answering("GET", "/networkWatchers$", 403, "AuthorizationFailed"));

    Check watchers = check("watchers of " + World.SUBSCRIPTION);

    assertThat(watchers.ok()).isFalse();
    assertThat(watchers.said()).contains("Microsoft.Network/networkWatchers/read");
    assertThat(watchers.remedy()).contains("Give the app's identity the action");
  }

  @Test
  void storageAccountThatIsNotThereIsNamed() throws Exception {
    world.with(
        "CAPTURE_STORAGE_ACCOUNT_ID",
        World.GROUP + "/providers/Microsoft.Storage/storageAccounts/nowhere");

    assertThat(check("storage account nowhere").said()).contains("404");
  }

  @Test
  void storageAccountInAnotherRegionThanItIsSetForIsNamed() throws Exception {
    world.with(
        "CAPTURE_STORAGE_ACCOUNT_ID",
        "eastus=" + World.GROUP + "/providers/Microsoft.Storage/storageAccounts/pcapstore");

    assertThat(check("storage account pcapstore").said())
        .isEqualTo("in westcentralus, but set for eastus");
  }

  @ParameterizedTest
  @CsvSource({
    "Premium_LRS, true, Standard account",
    "Standard_LRS, false, --allow-shared-key-access true",
  })
  void storageAccountThatWillNotDoIsNamed(String sku, boolean keys, String remedy)
      throws Exception {
    world.azure.mergeInventory(
        new ObjectMapper()
            .readTree(
                """
                {"storageAccounts": [{"id": "%s", "location": "westcentralus", "sku": "%s",
                  "allowSharedKeyAccess": %s}]}
                """
                    .formatted(
                        World.GROUP + "/providers/Microsoft.Storage/storageAccounts/pcapstore",
                        sku,
                        keys)));

    Check account = check("storage account pcapstore");

    assertThat(account.ok()).isFalse();
    assertThat(account.remedy()).contains(remedy);
  }

  @Test
  void slotsAreCountedByOwner() throws Exception {
    world.with("CAPTURE_LIMIT", "2");
    world.alert(vm("web-01"));
    assertThat(check("slots in westcentralus").said()).isEqualTo("1 ours, 0 others', limit 2");

    world.othersSession("theirs", "web-02");
    Check full = check("slots in westcentralus");
    assertThat(full.ok()).isFalse();
    assertThat(full.said()).isEqualTo("1 ours, 1 others', limit 2");
  }

  @Test
  void storeThatDoesNotAnswerIsNamed() throws Exception {
    CaptureStore dead = mock(CaptureStore.class);
    when(dead.read(any())).thenThrow(new StoreException("account x: no answer", null));
    world.on(dead);

    assertThat(check("store").said()).isEqualTo("account x: no answer");
    assertThat(check("store").remedy()).contains("Storage Table Data Contributor");
  }

  @ParameterizedTest
  @CsvSource({
    "no-agent, agent, no Network Watcher agent extension, NetworkWatcherAgentLinux",
    "stopped, power, deallocated, 'az vm start --ids ''/subscriptions/'",
    "ghost, target ghost, 404, still exists",
  })
  void machineThatWouldNotDoIsNamedWithTheRemedy(
      String machine, String name, String said, String remedy) {
    Check check = check(machine, name);

    assertThat(check.ok()).isFalse();
    assertThat(check.said()).contains(said);
    assertThat(check.remedy()).contains(remedy);
  }

  @Test
  void machineInARegionWithoutWatcherAndAccountIsNamed() throws Exception {
    world.with(
        "CAPTURE_STORAGE_ACCOUNT_ID",
        "eastus=" + World.GROUP + "/providers/Microsoft.Storage/storageAccounts/pcapstore");
    world.azure.mergeInventory(
        new ObjectMapper()
            .readTree(
                """
                {"virtualMachines": [{"id": "%s", "location": "northeurope", "os": "Windows",
                  "agent": false, "running": true}]}
                """
                    .formatted(vm("lonely"))));

    assertThat(check("lonely", "watcher").remedy()).contains("--locations northeurope");
    assertThat(check("lonely", "destination").remedy()).contains("northeurope=ID");
    assertThat(check("lonely", "agent").remedy()).contains("NetworkWatcherAgentWindows");
  }

  @Test
  void wrongSettingsAreTheOnlyCheckThatCanBeMade() {
    Check check = Check.badSettings("CAPTURE_LIMIT: \"0\" is not …");

    assertThat(check.ok()).isFalse();
    assertThat(check.said()).contains("CAPTURE_LIMIT");
  }
}
