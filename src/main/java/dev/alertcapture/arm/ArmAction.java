package dev.alertcapture.arm;

/** What the app's identity must be allowed to do: an action for each kind of call. */
public enum ArmAction {
  /** Find the regional Network Watcher. */
  READ_WATCHERS("Microsoft.Network/networkWatchers/read"),
  /** List sessions, and look at one. */
  READ_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/read"),
  /** Start a session. */
  WRITE_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/write"),
  /** Delete a session. */
  DELETE_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/delete"),
  /** End a session. */
  STOP_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/stop/action"),
  /** Ask how a session fares. */
  QUERY_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/queryStatus/action"),
  /** Find the region of a virtual machine. */
  READ_MACHINES("Microsoft.Compute/virtualMachines/read"),
  /** Find the region of a scale set. */
  READ_SCALE_SETS("Microsoft.Compute/virtualMachineScaleSets/read"),
  /** See, for health, whether a machine has the agent. */
  READ_EXTENSIONS("Microsoft.Compute/virtualMachines/extensions/read"),
  /** See, for health, whether an account will do. */
  READ_ACCOUNTS("Microsoft.Storage/storageAccounts/read"),
  /** See whether a file is there. A data action: Storage Blob Data Reader has it. */
  READ_FILES("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read");

  private final String id;

  ArmAction(String id) {
    this.id = id;
  }

  /** What roles call it. */
  public String id() {
    return id;
  }
}
