package dev.alertcapture.capture;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Scopes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that the settings set.
 *
 * @param kinds the kinds of alert that start a capture
 * @param scopes where captures may be taken
 * @param limit sessions per subscription and region, everybody's counted
 * @param queueTimeout how long a capture waits for a slot
 * @param cooldown how long after a completed capture its target is left alone
 * @param sessionRetention how long an ended session stays to be looked at in the portal
 * @param historyRetention how long a capture stays on record after its end
 * @param namePrefix starts each session's name
 * @param options what is captured unless the alert says otherwise
 * @param stopOnResolved whether a capture ends when all its alerts are resolved
 * @param channels names of the channels that tell people
 * @param tellOf the states that people are told of
 */
public record CapturePolicy(
    Set<Alert.Kind> kinds,
    Scopes scopes,
    int limit,
    Duration queueTimeout,
    Duration cooldown,
    Duration sessionRetention,
    Duration historyRetention,
    String namePrefix,
    CaptureOptions options,
    boolean stopOnResolved,
    List<String> channels,
    Set<CaptureState> tellOf) {
  /** Why an alert starts no capture, whatever its targets; or empty. */
  public Optional<String> whyNot(Alert alert) {
    if (alert.state() == Alert.State.RESOLVED) {
      return Optional.of("resolved");
    }
    if (alert.state() == Alert.State.OTHER) {
      return Optional.of("neither fired nor resolved");
    }
    if (alert.kind() != Alert.Kind.HAND && !kinds.contains(alert.kind())) {
      return Optional.of("this kind of alert starts no capture (CAPTURE_ALERT_KINDS)");
    }
    return alert.targets().isEmpty()
        ? Optional.of("no virtual machine or scale set among its targets")
        : Optional.empty();
  }
}
