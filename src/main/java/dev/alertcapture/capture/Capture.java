package dev.alertcapture.capture;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;
import java.time.Instant;
import java.util.List;

/**
 * Our record of one answer to one alert on one target, from acceptance to notification. Only {@link
 * Steps} makes a new one from an old one, through a {@link CaptureEdit}.
 *
 * @param id sorts newest first
 * @param alert what was extracted from the alert that it answers
 * @param heldBack alerts that the cool-down before this capture held back
 * @param region of the target, null while unknown
 * @param stateSince when the state was entered
 * @param dueAt no step is taken before; a claim moves it into the future
 * @param nextPollAt not before then is Azure asked again
 * @param consecutiveFailures how often in a row Azure could not be asked
 * @param waiting why the capture is where it is, in words, while it waits; else null
 * @param session null until there is one
 * @param stop null unless the capture is to end early
 * @param cause why it failed or was rejected, else null
 * @param file null until it is known
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
    @JsonProperty("since") Instant stateSince,
    Instant dueAt,
    @JsonProperty("lookAt") Instant nextPollAt,
    @JsonProperty("troubles") int consecutiveFailures,
    String waiting,
    Session session,
    Stop stop,
    Cause cause,
    CaptureFile file,
    List<Entry> history,
    List<Notification> notifications) {

  /**
   * Alerts that joined: how many, and the last 10.
   *
   * @param last their rules, newest last
   */
  public record Joins(int count, List<Alert.Details> last) {
    static final Joins NONE = new Joins(0, List.of());
  }

  /**
   * A wish that the capture end early. A field, not a state: whatever the state, the next step sees
   * it.
   *
   * @param by who wished it, in words
   * @param sentAt when Azure took it, else null
   */
  public record Stop(String by, Instant askedAt, Instant sentAt) {}

  /**
   * Why it failed or was rejected.
   *
   * @param detail Azure's own words, or the holders of the slots
   */
  public record Cause(Reason reason, String detail) {}

  /** One line of a capture's history. */
  public record Entry(Instant at, CaptureState state, String note) {}

  public Capture {
    history = List.copyOf(history);
    notifications = List.copyOf(notifications);
  }

  /** When it entered a state; where that is no longer in its history, its present one. */
  public Instant entered(CaptureState entered) {
    return history.stream()
        .filter(entry -> entry.state() == entered)
        .map(Entry::at)
        .findFirst()
        .orElse(stateSince);
  }

  /**
   * A capture that is just accepted: REQUESTED, with nothing known but what the alert says.
   *
   * @param heldBack alerts that the cool-down before it held back
   * @param region null while unknown
   * @param why the first lines of its history, at least one
   * @param dueAt when its first step may be taken by somebody else than its owner
   * @param nextPollAt when its first step may be taken at all
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
      Instant dueAt,
      Instant nextPollAt) {
    List<Entry> history =
        why.stream().map(note -> new Entry(now, CaptureState.REQUESTED, note)).toList();
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
        dueAt,
        nextPollAt,
        0,
        null,
        null,
        null,
        null,
        null,
        history,
        List.of());
  }

  /** The same capture with one more alert that joined. */
  public Capture joined(Alert.Details other) {
    return edit().join(other).done();
  }

  /** The same capture with a line of history. */
  public Capture noted(Instant now, String note) {
    return edit().note(now, note).done();
  }

  CaptureEdit edit() {
    return new CaptureEdit(this);
  }

  /** The same capture, due at another time. */
  public Capture due(Instant at) {
    CaptureEdit edit = edit();
    edit.dueAt = at;
    return edit.done();
  }
}
