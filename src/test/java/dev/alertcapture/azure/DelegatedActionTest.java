package dev.alertcapture.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A refusal names what is lacking, be it our own action or one that Azure checks for us. */
class DelegatedActionTest {
  private static final String REFUSAL =
      "The client 'c' with object id 'o' does not have authorization to perform action '%s' over"
          + " scope '/subscriptions/s' or the scope is invalid.";

  private static String lacked(String action) {
    return ArmAction.WRITE_SESSIONS.lackedBy(REFUSAL.formatted(action));
  }

  @Test
  void refusalOfOurOwnActionNamesItWithItsRole() {
    assertThat(lacked(ArmAction.WRITE_SESSIONS.id()))
        .isEqualTo(
            "needs Microsoft.Network/networkWatchers/packetCaptures/write, which is in the capture"
                + " role of infra/roles.bicep, at the target's subscription");
  }

  @Test
  void refusalOfADelegatedActionNamesThatOneInAnyLetterCase() {
    assertThat(lacked("MICROSOFT.STORAGE/storageAccounts/LISTSERVICESAS/action"))
        .isEqualTo(
            "needs Microsoft.Storage/storageAccounts/listServiceSas/action, which is in the storage"
                + " role of infra/roles.bicep, at the storage account");
  }

  @Test
  void refusalOfAWriteNamesTheParameterThatGivesIt() {
    assertThat(lacked("Microsoft.Compute/virtualMachines/extensions/write"))
        .startsWith("needs Microsoft.Compute/virtualMachines/extensions/write,")
        .endsWith("where allowMachineWrites is true");
  }

  @Test
  void linkedRefusalNamesWhatIsLackingAndNotWhatIsThere() {
    assertThat(
            ArmAction.WRITE_SESSIONS.lackedBy(
                "The client has permission to perform action"
                    + " 'Microsoft.Network/networkWatchers/packetCaptures/write' on scope '/s';"
                    + " however, it does not have permission to perform action(s)"
                    + " 'Microsoft.Compute/virtualMachines/write' on the linked scope(s) '/v'"))
        .startsWith("needs Microsoft.Compute/virtualMachines/write,");
  }

  @Test
  void wordsThatNameNoActionLeaveOurOwn() {
    assertThat(ArmAction.READ_FILES.lackedBy("403 AuthorizationPermissionMismatch"))
        .contains("containers/blobs/read", "Storage Blob Data Reader");
  }
}
