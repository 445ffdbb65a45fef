package dev.alertcapture.orchestrator;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is kept of a target between its captures.
 *
 * @param active the capture that holds the target, else null
 * @param coolUntil alerts are held back until then, else null
 * @param heldBack how many were held back since the last capture
 * @param alerts the last 20 alerts and their captures, newest last; remembered for 24 hours
 * @param region as Azure accepted it, so that the next alert need not ask; else null
 * @param last the latest capture that has ended, else null
 * @param fence of a deletion that may still reach Azure, else null
 * @param more members that a later version wrote
 */
record TargetRecord(
    String active,
    Instant coolUntil,
    int heldBack,
    List<AnsweredAlert> alerts,
    String region,
    String last,
    Fence fence,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {

  private static final int MAX_ALERTS = 20;

  static final TargetRecord EMPTY =
      new TargetRecord(null, null, 0, List.of(), null, null, null, Map.of());

  TargetRecord {
    alerts = alerts == null ? List.of() : List.copyOf(alerts);
    more = Unknown.members(more);
  }

  /** In place of one that can't be read: whose deletion was under way, nobody knows. */
  static TargetRecord damaged(String token, Instant now) {
    return EMPTY.fenced(token, now);
  }

  /** When the fence falls, if one stands; else null. */
  Instant fencedUntil(Instant now) {
    return fence != null && fence.until().isAfter(now) ? fence.until() : null;
  }

  /** The capture of an alert that came before, else null. */
  String captureOf(String alertKey, Instant now) {
    return alerts.stream()
        .filter(a -> a.key().equals(alertKey) && a.isRemembered(now))
        .map(AnsweredAlert::captureId)
        .findFirst()
        .orElse(null);
  }

  TargetRecord answered(Alert.Details alert, String captureId, Instant now) {
    if (alert.key() == null) {
      return this;
    }
    List<AnsweredAlert> all = new ArrayList<>(alerts);
    all.removeIf(a -> a.key().equals(alert.key()));
    all.add(new AnsweredAlert(alert.key(), alert.keyRule(), captureId, now, false, Map.of()));
    return with(
        edit -> edit.alerts = all.subList(Math.max(0, all.size() - MAX_ALERTS), all.size()));
  }

  /** The capture that answers an alert which is over, the latest where its rule has several. */
  String captureOfResolved(Alert.Details alert, Instant now) {
    return ended(alert).stream()
        .filter(a -> a.isRemembered(now))
        .map(AnsweredAlert::captureId)
        .reduce((older, newer) -> newer)
        .orElse(null);
  }

  /** The same, knowing that an alert is over. */
  TargetRecord resolved(Alert.Details alert) {
    List<AnsweredAlert> over = ended(alert);
    return with(
        edit -> edit.alerts = alerts.stream().map(a -> over.contains(a) ? a.over() : a).toList());
  }

  /**
   * The alerts that a resolved delivery closes: the one of its key or, where its schema has no id
   * of the alert and so no such key, every alert of its rule.
   */
  private List<AnsweredAlert> ended(Alert.Details alert) {
    List<AnsweredAlert> same = alerts.stream().filter(a -> a.key().equals(alert.key())).toList();
    return !same.isEmpty() || alert.keyRule() == null
        ? same
        : alerts.stream().filter(a -> alert.keyRule().equals(a.keyRule())).toList();
  }

  /** Whether all alerts that a capture answers are over, as far as they are remembered. */
  boolean allResolved(String captureId) {
    return alerts.stream()
        .filter(a -> a.captureId().equals(captureId))
        .allMatch(AnsweredAlert::resolved);
  }

  /** A new capture takes the target, with the alerts that were held back before it. */
  TargetRecord taken(String captureId) {
    return with(
        edit -> {
          edit.active = captureId;
          edit.coolUntil = null;
          edit.heldBack = 0;
        });
  }

  /** Its active capture has ended. */
  TargetRecord released(Instant coolUntil, String knownRegion) {
    return with(
        edit -> {
          edit.last = active;
          edit.active = null;
          edit.coolUntil = coolUntil;
          edit.region = knownRegion;
        });
  }

  TargetRecord heldBackOneMore() {
    return with(edit -> edit.heldBack++);
  }

  /** A deletion begins. */
  TargetRecord fenced(String token, Instant now) {
    return with(edit -> edit.fence = new Fence(token, now.plus(Claims.CLAIM_TTL)));
  }

  /** The deletion of a token is over; another's fence stays. */
  TargetRecord unfenced(String token) {
    return fence != null && fence.token().equals(token) ? with(edit -> edit.fence = null) : this;
  }

  private TargetRecord with(Consumer<Edit> change) {
    Edit edit = new Edit(this);
    change.accept(edit);
    return edit.done();
  }

  /** A copy on its way. */
  private static final class Edit {
    private String active;
    private Instant coolUntil;
    private int heldBack;
    private List<AnsweredAlert> alerts;
    private String region;
    private String last;
    private Fence fence;
    private final Map<String, Object> more;

    Edit(TargetRecord old) {
      active = old.active;
      coolUntil = old.coolUntil;
      heldBack = old.heldBack;
      alerts = old.alerts;
      region = old.region;
      last = old.last;
      fence = old.fence;
      more = old.more;
    }

    TargetRecord done() {
      return new TargetRecord(active, coolUntil, heldBack, alerts, region, last, fence, more);
    }
  }
}
