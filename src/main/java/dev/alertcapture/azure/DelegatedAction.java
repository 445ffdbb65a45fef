package dev.alertcapture.azure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What Network Watcher checks that its caller may do, beside the calls that we make ourselves.
 * Source of all, unless told otherwise: "Azure RBAC permissions required to use Network Watcher
 * capabilities", sections Packet capture and Additional actions,
 * https://learn.microsoft.com/azure/network-watcher/required-rbac-permissions
 *
 * <p>None was tried one by one: that would take an Azure that says which it misses.
 */
public enum DelegatedAction {
  /** Listed beside {@code queryStatus/action}, as "view the status". */
  READ_STATUS("Microsoft.Network/networkWatchers/packetCaptures/queryStatus/read", Role.CAPTURE),
  /** "To log in to the VM, do a packet capture and upload it." */
  READ_MACHINES("Microsoft.Compute/virtualMachines/read", Role.CAPTURE),
  /** Whether the machine has the agent. */
  READ_EXTENSIONS("Microsoft.Compute/virtualMachines/extensions/read", Role.CAPTURE),
  /** The same, for scale sets. */
  READ_SCALE_SETS("Microsoft.Compute/virtualMachineScaleSets/read", Role.CAPTURE),
  /** The same, for scale sets. */
  READ_SCALE_SET_EXTENSIONS(
      "Microsoft.Compute/virtualMachineScaleSets/extensions/read", Role.CAPTURE),
  /** Listed with read. Unproven, and it may change the machine: so it is off unless asked for. */
  WRITE_MACHINES("Microsoft.Compute/virtualMachines/write", Role.CAPTURE, true),
  /** Listed for installing the agent, which we don't; it may run code on the machine: so off. */
  WRITE_EXTENSIONS("Microsoft.Compute/virtualMachines/extensions/write", Role.CAPTURE, true),
  /** As for machines. */
  WRITE_SCALE_SETS("Microsoft.Compute/virtualMachineScaleSets/write", Role.CAPTURE, true),
  /** As for machines. */
  WRITE_SCALE_SET_EXTENSIONS(
      "Microsoft.Compute/virtualMachineScaleSets/extensions/write", Role.CAPTURE, true),
  /** The properties of the account that gets the file. */
  READ_ACCOUNTS("Microsoft.Storage/storageAccounts/read", Role.STORAGE),
  /** The signature with which the agent writes the file. */
  SIGN_FOR_SERVICE("Microsoft.Storage/storageAccounts/listServiceSas/action", Role.STORAGE),
  /** The same. */
  SIGN_FOR_ACCOUNT("Microsoft.Storage/storageAccounts/listAccountSas/action", Role.STORAGE),
  /** The key that signs. */
  READ_KEYS("Microsoft.Storage/storageAccounts/listKeys/action", Role.STORAGE);

  private final String id;
  private final Role role;
  private final boolean optional;

  DelegatedAction(String id, Role role) {
    this(id, role, false);
  }

  DelegatedAction(String id, Role role, boolean optional) {
    this.id = id;
    this.role = role;
    this.optional = optional;
  }

  /** What roles call it. */
  public String id() {
    return id;
  }

  /** The role that holds it. */
  public Role role() {
    return role;
  }

  /** Whether the role has it only where infra's parameter {@code allowMachineWrites} says so. */
  public boolean isOptional() {
    return optional;
  }

  String lacked() {
    String words = role.lacks(id);
    return optional ? words + " where allowMachineWrites is true" : words;
  }

  /** The one that Azure's words name, in any letter case. */
  static Optional<DelegatedAction> namedIn(String said) {
    String words = said.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(action -> words.contains("'" + action.id.toLowerCase(Locale.ROOT) + "'"))
        .findFirst();
  }
}
