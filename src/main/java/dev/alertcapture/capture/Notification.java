package dev.alertcapture.capture;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One message about a capture on one channel, at its own pace.
 *
 * @param channel the channel's name, such as {@code webhook}
 * @param about the state that the message tells of
 * @param attempts how often it was tried
 * @param nextTryAt not before then, while pending
 * @param since when it became due
 * @param detail what the channel last answered, else null
 * @param claim of whoever sends it, else null
 * @param more members that a later version wrote
 */
public record Notification(
    String channel,
    CaptureState about,
    Status status,
    int attempts,
    Instant nextTryAt,
    Instant since,
    String detail,
    Task.Claim claim,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {

  /** How a message fares. */
  public enum Status {
    /** To be sent, or to be tried again. */
    PENDING,
    /** The channel took it. */
    SENT,
    /** Tried for a day, or refused in a way that repeating does not change. */
    GIVEN_UP
  }

  private static final Duration RETRY_FOR = Duration.ofHours(24);
  private static final Duration MIN_POSTPONEMENT = Duration.ofMinutes(1);
  private static final Duration MAX_RETRY_DELAY = Duration.ofHours(1);

  public Notification {
    more = Unknown.members(more);
  }

  /** One that nobody is at. */
  public Notification(
      String channel,
      CaptureState about,
      Status status,
      int attempts,
      Instant nextTryAt,
      Instant since,
      String detail) {
    this(channel, about, status, attempts, nextTryAt, since, detail, null, Map.of());
  }

  static Notification due(String channel, CaptureState about, Instant now) {
    return new Notification(channel, about, Status.PENDING, 0, now, now, null);
  }

  /** Whether it is still to be sent. */
  @JsonIgnore
  public boolean isPending() {
    return status == Status.PENDING;
  }

  /** When it may be claimed. */
  @JsonIgnore
  public Instant ready() {
    return new Task(nextTryAt, claim, Map.of()).ready();
  }

  /** Whether it may be claimed and sent. */
  public boolean isDue(Instant now) {
    return isPending() && !ready().isAfter(now);
  }

  /**
   * Whether it is the same message, whatever became of it: each channel is told once of a state.
   */
  boolean isSameAs(Notification other) {
    return channel.equals(other.channel) && about == other.about;
  }

  /** Its present version in a capture. */
  public Optional<Notification> in(Capture c) {
    return c.notifications().stream().filter(this::isSameAs).findFirst();
  }

  /** Whether the claim on it is that of a token. */
  public boolean isHeldBy(String token) {
    return claim != null && claim.token().equals(token);
  }

  /** The same, with somebody at it. */
  public Notification claimed(String token, Instant until) {
    return with(status, attempts, nextTryAt, detail, new Task.Claim(token, until));
  }

  /** The channel took it. */
  public Notification sent() {
    return with(Status.SENT, attempts + 1, nextTryAt, null, null);
  }

  /** Another try after 5 s, 10 s, 20 s … one hour, or when the channel said; a day in all. */
  public Notification failed(String why, Duration retryAfter, Instant now) {
    Duration pause = Duration.ofSeconds(5L << Math.min(attempts, 12));
    pause = pause.compareTo(MAX_RETRY_DELAY) > 0 ? MAX_RETRY_DELAY : pause;
    pause = retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
    return again(now.plus(pause), attempts + 1, why);
  }

  /**
   * Its turn did not come, or the channel did not take the one before it. The older it is the
   * longer it waits, a minute to an hour, so that many of them do not fill each tick.
   */
  public Notification postponed(String why, Duration retryAfter, Instant now) {
    Duration pause = Duration.between(since, now).dividedBy(2);
    pause = retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
    pause = pause.compareTo(MIN_POSTPONEMENT) < 0 ? MIN_POSTPONEMENT : pause;
    pause = pause.compareTo(MAX_RETRY_DELAY) > 0 ? MAX_RETRY_DELAY : pause;
    return again(now.plus(pause), attempts, why);
  }

  private Notification again(Instant next, int tried, String why) {
    Status then = next.isAfter(since.plus(RETRY_FOR)) ? Status.GIVEN_UP : Status.PENDING;
    return with(then, tried, Times.inMillis(next), why, null);
  }

  /** Refused in a way that repeating does not change. */
  public Notification refused(String why) {
    return with(Status.GIVEN_UP, attempts + 1, nextTryAt, why, null);
  }

  private Notification with(
      Status then, int tried, Instant next, String why, Task.Claim nextClaim) {
    return new Notification(channel, about, then, tried, next, since, why, nextClaim, more);
  }
}
