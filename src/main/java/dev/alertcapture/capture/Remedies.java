package dev.alertcapture.capture;

import dev.alertcapture.capture.Reason.About;
import dev.alertcapture.target.Target;

/** Remedies that differ by what the target is. */
final class Remedies {
  private static final String AGENT =
      " have the Network Watcher agent extension: %s --publisher Microsoft.Azure.NetworkWatcher"
          + " --name NetworkWatcherAgentLinux (or NetworkWatcherAgentWindows) %s";

  private Remedies() {}

  /** The session could not be started: the machine does not run, or has no agent. */
  static String notStarted(About about) {
    return about.target() == null || about.target().kind() == Target.Kind.VIRTUAL_MACHINE
        ? onMachine(about.target() == null ? "VM_ID" : about.target().id(), about.api())
        : onScaleSet(about.target());
  }

  private static String onMachine(String id, String api) {
    String ids = "--ids '" + id + "'";
    return "GET "
        + api
        + "/health?target="
        + id
        + " tells which of these it is. The machine must run: az vm start "
        + ids
        + ". It must"
        + AGENT.formatted("az vm extension set", ids);
  }

  private static String onScaleSet(Target set) {
    String group = "--resource-group '" + set.resourceGroup() + "'";
    String name = "--name '" + set.name() + "'";
    return "Its instances must run: az vmss start "
        + group
        + " "
        + name
        + ". They must"
        + AGENT.formatted("az vmss extension set", group + " --vmss-name '" + set.name() + "'")
        + ", and then: az vmss update-instances --instance-ids '*' "
        + group
        + " "
        + name;
  }
}
