package dev.alertcapture.azure;

/** What the app's identity must be allowed to do: an action for each kind of call. */
public enum ArmAction {
  /** Find the regional Network Watcher. */
  READ_WATCHERS("Microsoft.Network/networkWatchers/read", Role.CAPTURE),
  /** List sessions, and look at one. */
  READ_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/read", Role.CAPTURE),
  /** Start a session. */
  WRITE_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/write", Role.CAPTURE),
  /** Delete a session. */
  DELETE_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/delete", Role.CAPTURE),
  /** End a session. */
  STOP_SESSIONS("Microsoft.Network/networkWatchers/packetCaptures/stop/action", Role.CAPTURE),
  /** Ask how a session fares. */
  QUERY_SESSIONS(
      "Microsoft.Network/networkWatchers/packetCaptures/queryStatus/action", Role.CAPTURE),
  /** Find the region of a virtual machine. */
  READ_MACHINES("Microsoft.Compute/virtualMachines/read", Role.CAPTURE),
  /** Find the region of a scale set. */
  READ_SCALE_SETS("Microsoft.Compute/virtualMachineScaleSets/read", Role.CAPTURE),
  /** See, for health, whether a machine has the agent. */
  READ_EXTENSIONS("Microsoft.Compute/virtualMachines/extensions/read", Role.CAPTURE),
  /** See, for health, whether an account will do. */
  READ_ACCOUNTS("Microsoft.Storage/storageAccounts/read", Role.STORAGE),
  /** See whether a file is there. A data action. */
  READ_FILES(
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
      Role.BLOB_DATA_READER);

  private final String id;
  private final Role role;

  ArmAction(String id, Role role) {
    this.id = id;
    this.role = role;
  }

  /** What roles call it. */
  public String id() {
    return id;
  }

  /** The role that holds it. */
  public Role role() {
    return role;
  }

  /**
   * What a refusal of this call lacks: the action, and the role that holds it. Azure may refuse the
   * call for an action that it checks on the caller's behalf; then that one is named.
   *
   * @param said Azure's own words
   */
  public String lackedBy(String said) {
    return DelegatedAction.namedIn(said)
        .map(DelegatedAction::lacked)
        .orElseGet(() -> role.lacks(id));
  }
}
