package dev.alertcapture.health;

import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.target.Target;
import java.util.Map;
import java.util.Optional;

/** What the checks ask of Azure. Each answers within its deadline. */
public interface AzureProbe {

  /**
   * A storage account.
   *
   * @param tier Standard or Premium
   * @param takesKeys whether it allows access by account key
   */
  record Account(String region, String tier, boolean takesKeys) {}

  /**
   * A virtual machine or scale set.
   *
   * @param power {@code running}, {@code deallocated} …; empty for a scale set
   * @param windows whether its disk says so; empty for a scale set
   * @param agent the type of its Network Watcher extension, empty where it has none
   */
  record Machine(
      String region, Optional<String> power, Optional<Boolean> windows, Optional<String> agent) {}

  /** Gets a token for Azure Resource Manager; says in words as whom. */
  String signIn(Deadline deadline) throws PortException;

  /** The Network Watchers of a subscription, by region. */
  Map<String, String> watchers(String subscription, Deadline deadline) throws PortException;

  /** An account by its ARM id. */
  Account account(String id, Deadline deadline) throws PortException;

  /** A machine. */
  Machine machine(Target target, Deadline deadline) throws PortException;
}
