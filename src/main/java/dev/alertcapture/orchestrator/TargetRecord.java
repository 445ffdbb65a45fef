package dev.alertcapture.orchestrator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is kept of a target between its captures.
 *
 * @param active the capture that holds the target, else null
 * @param coolUntil alerts are held back until then, else null
 * @param heldBack how many were held back since the last capture
 * @param alerts the last 20 alerts and their captures, newest last; remembered for 24 hours
 * @param region as Azure accepted it, so that the next alert need not ask; else null
 * @param last the latest capture that has ended, else null
 * @param deletingCapture the ended capture whose session is being deleted right now, else null
 * @param deletingUntil until then that deletion may still reach Azure
 */
record TargetRecord(
    String active,
    Instant coolUntil,
    int heldBack,
    List<Answered> alerts,
    String region,
    String last,
    @JsonProperty("leaving") String deletingCapture,
    @JsonProperty("leavingUntil") Instant deletingUntil) {

  private static final int MAX_ALERTS = 20;
  private static final Duration ALERT_KEY_TTL = Duration.ofHours(24);

  static final TargetRecord EMPTY =
      new TargetRecord(null, null, 0, List.of(), null, null, null, null);

  /** An alert that has its capture. */
  record Answered(String key, String captureId, Instant at, boolean resolved) {}

  TargetRecord {
    alerts = alerts == null ? List.of() : List.copyOf(alerts);
  }

  Optional<String> captureOf(String alertKey, Instant now) {
    return alerts.stream()
        .filter(a -> a.key().equals(alertKey) && a.at().plus(ALERT_KEY_TTL).isAfter(now))
        .map(Answered::captureId)
        .findFirst();
  }

  TargetRecord answered(String alertKey, String captureId, Instant now) {
    if (alertKey == null) {
      return this;
    }
    List<Answered> all = new ArrayList<>(alerts);
    all.removeIf(a -> a.key().equals(alertKey));
    all.add(new Answered(alertKey, captureId, now, false));
    List<Answered> newest = all.subList(Math.max(0, all.size() - MAX_ALERTS), all.size());
    return withAlerts(newest);
  }

  /** The capture that answers an alert which is over, the latest where its rule has several. */
  Optional<String> captureOfResolved(String alertKey, Instant now) {
    return alerts.stream()
        .filter(endedBy(alertKey))
        .filter(a -> a.at().plus(ALERT_KEY_TTL).isAfter(now))
        .map(Answered::captureId)
        .reduce((older, newer) -> newer);
  }

  /** The same, knowing that an alert is over. */
  TargetRecord resolved(String alertKey) {
    Predicate<Answered> over = endedBy(alertKey);
    return withAlerts(
        alerts.stream()
            .map(a -> over.test(a) ? new Answered(a.key(), a.captureId(), a.at(), true) : a)
            .toList());
  }

  /**
   * What an alert that is over ends: the alert of its own key. Where its schema knows alerts by
   * rule and time alone, its time is another by now, and it ends those of its rule.
   */
  private Predicate<Answered> endedBy(String alertKey) {
    if (alertKey == null || alerts.stream().anyMatch(a -> a.key().equals(alertKey))) {
      return a -> a.key().equals(alertKey);
    }
    String rule = alertKey.substring(0, alertKey.lastIndexOf(' ') + 1);
    return a -> !rule.isEmpty() && a.key().startsWith(rule);
  }

  /** Whether all alerts that a capture answers are over, as far as they are remembered. */
  boolean allResolved(String captureId) {
    return alerts.stream()
        .filter(a -> a.captureId().equals(captureId))
        .allMatch(Answered::resolved);
  }

  private TargetRecord withAlerts(List<Answered> next) {
    return new TargetRecord(
        active, coolUntil, heldBack, next, region, last, deletingCapture, deletingUntil);
  }

  /** A new capture takes the target, with the alerts that were held back before it. */
  TargetRecord taken(String captureId) {
    return new TargetRecord(
        captureId, null, 0, alerts, region, last, deletingCapture, deletingUntil);
  }

  TargetRecord released(Instant cool, String knownRegion) {
    return new TargetRecord(
        null, cool, heldBack, alerts, knownRegion, active, deletingCapture, deletingUntil);
  }

  TargetRecord heldBackOneMore() {
    return new TargetRecord(
        active, coolUntil, heldBack + 1, alerts, region, last, deletingCapture, deletingUntil);
  }

  /** Whether another capture's deletion of the session may still reach Azure. */
  boolean isDeletedByOtherThan(String captureId, Instant now) {
    return deletingCapture != null
        && !deletingCapture.equals(captureId)
        && deletingUntil.isAfter(now);
  }

  /** The deletion that a capture began is over. */
  TargetRecord deletionOver(String captureId) {
    return captureId.equals(deletingCapture) ? deleting(null, null) : this;
  }

  TargetRecord deleting(String captureId, Instant until) {
    return new TargetRecord(active, coolUntil, heldBack, alerts, region, last, captureId, until);
  }
}
