package dev.alertcapture.simulator;

import java.util.regex.Pattern;

/**
 * The checks of a PUT's target. What Azure says to a target that is not there is not known
 * (docs/design/azure.md, "Errors and limits"), so the codes here are the simulator's own, but for
 * that of an instance's id, whose words are not known.
 */
final class CaptureTarget {
  private static final Pattern VM =
      Pattern.compile(".*/virtualMachines/[^/]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern INSTANCE =
      Pattern.compile(
          ".*/virtualMachineScaleSets/[^/]+/virtualMachines/[^/]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern SCALE_SET =
      Pattern.compile(".*/virtualMachineScaleSets/[^/]+", Pattern.CASE_INSENSITIVE);

  private CaptureTarget() {}

  /**
   * Refuses a target that does not exist, and one that is not of the type that it is said to be.
   */
  static void check(String target, String type, Inventory inventory) {
    if (INSTANCE.matcher(target).matches()) {
      throw ArmError.network(
          400, "UnsupportedTargetResourceId", "The target %s is not supported.".formatted(target));
    }
    boolean exists;
    if (type.equals("AzureVM") && VM.matcher(target).matches()) {
      exists = inventory.virtualMachine(target).isPresent();
    } else if (type.equals("AzureVMSS") && SCALE_SET.matcher(target).matches()) {
      exists = inventory.scaleSet(target).isPresent();
    } else {
      throw ArmError.network(
          400,
          "SimulatorInvalidTarget",
          "The target %s is not of targetType %s, which is AzureVM if absent."
              .formatted(target, type));
    }
    if (!exists) {
      throw notFound(target);
    }
  }

  /** Refuses a target that the inventory places in another region than the watcher's. */
  static void checkRegion(String target, Inventory.NetworkWatcher watcher, Inventory inventory) {
    if (!inventory.isListed(target)) {
      return;
    }
    String location =
        inventory
            .virtualMachine(target)
            .map(Inventory.VirtualMachine::location)
            .or(() -> inventory.scaleSet(target).map(Inventory.ScaleSet::location))
            .orElseThrow();
    if (!location.equals(watcher.location())) {
      throw ArmError.network(
          400,
          "SimulatorTargetInOtherRegion",
          "The target is in %s, the network watcher in %s."
              .formatted(location, watcher.location()));
    }
  }

  /** The full id of a scale set's instance, which a request may give by its number alone. */
  static String instanceId(String given, String target, Inventory inventory) {
    String prefix = target + "/virtualMachines/";
    boolean full = given.regionMatches(true, 0, prefix, 0, prefix.length());
    String instance = full ? given.substring(prefix.length()) : given;
    boolean exists =
        inventory.scaleSet(target).map(each -> each.hasInstance(instance)).orElse(false);
    if (!exists || instance.contains("/")) {
      throw notFound(full ? given : prefix + given);
    }
    return prefix + instance;
  }

  private static ArmError notFound(String id) {
    return ArmError.network(
        404, "SimulatorTargetNotFound", "The target %s was not found.".formatted(id));
  }
}
