package dev.alertcapture.capture;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Our record of one answer to one alert on one target, from acceptance to notification. Only {@link
 * Steps} makes a new one from an old one, through a {@link CaptureEdit}.
 *
 * @param id sorts newest first
 * @param alert what was extracted from the alert that it answers
 * @param heldBack alerts that the cool-down before this capture held back
 * @param region of the target, null while unknown
 * @param stateSince when the state was entered
 * @param step when its next step is due, and who is at it
 * @param consecutiveFailures how often in a row Azure could not be asked
 * @param waiting why the capture is where it is, in words, while it waits; else null
 * @param session null until there is one
 * @param stop null unless the capture is to end early
 * @param cause why it failed or was rejected, else null
 * @param file null until it is known
 * @param more members that a later version wrote
 */
public record Capture(
    String id,
    Target target,
    Alert.Details alert,
    CaptureOptions options,
    Joins joins,
    int heldBack,
    String region,
    CaptureState state,
    Instant createdAt,
    Instant stateSince,
    Task step,
    int consecutiveFailures,
    String waiting,
    Session session,
    Stop stop,
    Cause cause,
    CaptureFile file,
    List<Entry> history,
    List<Notification> notifications,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {

  /**
   * Alerts that joined: how many, and the last 10.
   *
   * @param last their rules, newest last
   * @param more members that a later version wrote
   */
  public record Joins(
      int count, List<Alert.Details> last, @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    static final Joins NONE = new Joins(0, List.of());

    public Joins {
      last = last == null ? List.of() : List.copyOf(last);
      more = Unknown.members(more);
    }

    /** As counted now. */
    public Joins(int count, List<Alert.Details> last) {
      this(count, last, Map.of());
    }
  }

  /**
   * A wish that the capture end early. A field, not a state: whatever the state, the next step sees
   * it.
   *
   * @param by who wished it, in words
   * @param sentAt when Azure took it, else null
   * @param more members that a later version wrote
   */
  public record Stop(
      String by,
      Instant askedAt,
      Instant sentAt,
      @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Stop {
      more = Unknown.members(more);
    }

    /** As it is now. */
    public Stop(String by, Instant askedAt, Instant sentAt) {
      this(by, askedAt, sentAt, Map.of());
    }

    Stop sent(Instant at) {
      return new Stop(by, askedAt, at, more);
    }
  }

  /**
   * Why it failed or was rejected.
   *
   * @param detail Azure's own words, or the holders of the slots
   * @param more members that a later version wrote
   */
  public record Cause(
      Reason reason, String detail, @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Cause {
      more = Unknown.members(more);
    }

    /** As it is now. */
    public Cause(Reason reason, String detail) {
      this(reason, detail, Map.of());
    }
  }

  /**
   * One line of a capture's history.
   *
   * @param more members that a later version wrote
   */
  public record Entry(
      Instant at,
      CaptureState state,
      String note,
      @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Entry {
      more = Unknown.members(more);
    }

    /** As it is now. */
    public Entry(Instant at, CaptureState state, String note) {
      this(at, state, note, Map.of());
    }
  }

  public Capture {
    joins = joins == null ? Joins.NONE : joins;
    history = history == null ? List.of() : List.copyOf(history);
    notifications = notifications == null ? List.of() : List.copyOf(notifications);
    more = Unknown.members(more);
  }

  /** When it entered a state; where that is no longer in its history, its present one. */
  public Instant entered(CaptureState entered) {
    return history.stream()
        .filter(entry -> entry.state() == entered)
        .map(Entry::at)
        .findFirst()
        .orElse(stateSince);
  }

  /** When the first of its tasks may be claimed: that is when it is due. */
  @JsonIgnore
  public Instant wakeAt() {
    return Stream.concat(
            Stream.of(step.ready()),
            notifications.stream().filter(Notification::isPending).map(Notification::ready))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * A capture that is just accepted: REQUESTED, with nothing known but what the alert says.
   *
   * @param heldBack alerts that the cool-down before it held back
   * @param region null while unknown
   * @param why the first lines of its history, at least one
   * @param step claimed by whoever accepts it
   */
  public static Capture requested(
      String id,
      Target target,
      Alert.Details alert,
      CaptureOptions options,
      int heldBack,
      String region,
      List<String> why,
      Instant now,
      Task step) {
    return new Capture(
        id,
        target,
        alert,
        options,
        Joins.NONE,
        heldBack,
        region,
        CaptureState.REQUESTED,
        now,
        now,
        step,
        0,
        null,
        null,
        null,
        null,
        null,
        why.stream().map(note -> new Entry(now, CaptureState.REQUESTED, note)).toList(),
        List.of(),
        Map.of());
  }

  /** The same capture with one more alert that joined. */
  public Capture joined(Alert.Details other) {
    return edit().join(other).done();
  }

  /** The same capture without the texts of the alerts that joined, to fit where it must. */
  public Capture withoutJoins() {
    CaptureEdit edit = edit();
    edit.joins = new Joins(joins.count(), List.of(), joins.more());
    return edit.done();
  }

  /** The same capture with a line of history. */
  public Capture noted(Instant now, String note) {
    return edit().note(now, note).done();
  }

  /** The same capture with its step's next version. */
  public Capture with(Task next) {
    CaptureEdit edit = edit();
    edit.step = next;
    return edit.done();
  }

  /** The same capture with the next version of one of its messages. */
  public Capture with(Notification message) {
    CaptureEdit edit = edit();
    edit.notifications.replaceAll(old -> old.isSameAs(message) ? message : old);
    return edit.done();
  }

  CaptureEdit edit() {
    return new CaptureEdit(this);
  }
}
