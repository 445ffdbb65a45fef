package dev.alertcapture.orchestrator;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Targets;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which target is meant where a scale set's instance is called by a name. Of a flexible set each
 * instance is a virtual machine, and that one alone is captured; the whole set only where Azure
 * knows no such machine.
 */
final class NamedInstances {
  /** Of all questions of a call: nothing is on record yet. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** An alert is about one machine, or a few; no list of names keeps Azure busy. */
  private static final int MAX_ASKED = 10;

  private static final String WHOLE = ": the whole set is captured";

  private final Targets targets;

  NamedInstances(Targets targets) {
    this.targets = targets;
  }

  /**
   * What an alert means by targets: each target with why it is this one, for its capture's history;
   * empty where nothing had to be found out. A person who names what is not there is refused, by
   * {@link BadRequest}.
   */
  Map<Target, String> of(Alert alert, List<Target> named, Deadline call) {
    Deadline deadline = call.within(TIMEOUT);
    boolean byHand = alert.kind() == Alert.Kind.HAND;
    Map<Target, String> meant = new LinkedHashMap<>();
    int asked = 0;
    for (Target target : named) {
      if (target.machine().isEmpty()) {
        meant.putIfAbsent(target, "");
      } else if (asked++ < MAX_ASKED) {
        put(meant, target, target.machine().get(), byHand, deadline);
      } else {
        meant.putIfAbsent(target.whole(), "more than " + MAX_ASKED + " machines are named" + WHOLE);
      }
    }
    return meant;
  }

  /** What an alert that is over may have meant, without a question. */
  static List<Target> possible(List<Target> named) {
    return named.stream()
        .flatMap(
            target ->
                target.machine().isEmpty()
                    ? Stream.of(target)
                    : Stream.of(target.machine().get(), target.whole()))
        .distinct()
        .toList();
  }

  private void put(
      Map<Target, String> meant, Target target, Target machine, boolean byHand, Deadline deadline) {
    String why = machine.name() + " is named as a machine of scale set " + target.name();
    try {
      if (targets.isMachine(target, deadline)) {
        meant.putIfAbsent(machine, why);
        return;
      }
      why += ", and Azure knows no such machine";
    } catch (PortException e) {
      why += ", which was not found out: " + e.detail();
      if (e.isRetryable() && (byHand || target.hasNameOfItsSet())) {
        meant.putIfAbsent(machine, why);
        return;
      }
    }
    if (byHand) {
      throw new BadRequest(
          "target: Azure does not know that instance. An instance is given by its number, as in"
              + " .../virtualMachines/1, or by the set's name with _1 after it; a machine of a"
              + " flexible scale set by its own name.");
    }
    meant.putIfAbsent(target.whole(), why + WHOLE);
  }
}
