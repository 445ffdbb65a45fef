package dev.alertcapture.health;

import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Reason.About;
import dev.alertcapture.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a capture on one machine could work: what Azure checks late, or never. */
final class TargetCheck {
  private final AzureProbe survey;
  private final Map<String, String> accounts;
  private final boolean keepsOnMachine;

  /**
   * Checks of machines.
   *
   * @param accounts storage accounts by region; {@code ""} is for every region
   * @param keepsOnMachine whether files (also) stay on the machine
   */
  TargetCheck(AzureProbe survey, Map<String, String> accounts, boolean keepsOnMachine) {
    this.survey = survey;
    this.accounts = accounts;
    this.keepsOnMachine = keepsOnMachine;
  }

  List<Check> of(Target target, Deadline deadline) {
    List<Check> checks = new ArrayList<>();
    String name = "target " + target.shortName();
    AzureProbe.Machine machine;
    try {
      machine = survey.machine(target, deadline);
    } catch (PortException e) {
      checks.add(Checks.failed(name, e));
      return checks;
    }
    checks.add(Check.ok(name, "in " + machine.region()));
    machine.power().ifPresent(power -> checks.add(power(target, power)));
    if (target.kind() == Target.Kind.VIRTUAL_MACHINE) {
      checks.add(agent(target, machine));
    }
    checks.add(watcher(target, machine.region(), deadline));
    checks.add(account(target, machine.region()));
    return checks;
  }

  private static Check power(Target target, String power) {
    return power.equals("running")
        ? Check.ok("power", power)
        : Check.bad("power", power, "Start it: az vm start --ids '" + target.id() + "'");
  }

  private static Check agent(Target target, AzureProbe.Machine machine) {
    String right =
        machine.windows().orElse(false) ? "NetworkWatcherAgentWindows" : "NetworkWatcherAgentLinux";
    return machine
        .agent()
        .map(agent -> Check.ok("agent", agent))
        .orElseGet(
            () ->
                Check.bad(
                    "agent",
                    "no Network Watcher agent extension",
                    "Install it: az vm extension set --publisher Microsoft.Azure.NetworkWatcher"
                        + " --name "
                        + right
                        + " --ids '"
                        + target.id()
                        + "'"));
  }

  private Check watcher(Target target, String region, Deadline deadline) {
    try {
      String watcher = survey.watchers(target.subscription(), deadline).get(region);
      return watcher == null
          ? Check.bad(
              "watcher",
              "none in " + region + " of subscription " + target.subscription(),
              Reason.NO_WATCHER.remedy(About.of(target, region)))
          : Check.ok("watcher", watcher);
    } catch (PortException e) {
      return Checks.failed("watcher", e);
    }
  }

  private Check account(Target target, String region) {
    String id = accounts.getOrDefault(region, accounts.get(""));
    if (id != null) {
      return Check.ok("destination", id);
    }
    return keepsOnMachine
        ? Check.ok("destination", "a folder on the machine")
        : Check.bad(
            "destination",
            "no storage account for " + region,
            Reason.NO_STORAGE_ACCOUNT.remedy(About.of(target, region)));
  }
}
