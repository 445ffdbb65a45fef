package dev.alertcapture.capture;

import static dev.alertcapture.capture.Times.later;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;

/**
 * Something that a capture has to do: its step, or one of its messages. Whoever does it claims it
 * first (docs/design/store.md, "Claims").
 *
 * @param at not before then
 * @param claim of whoever is at it, else null
 * @param more members that a later version wrote
 */
public record Task(
    Instant at, Claim claim, @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {

  /**
   * A claim. Nobody but its holder ends it before its time.
   *
   * @param token known to its holder alone: 64 random bits
   * @param until whoever finds it then carries on
   * @param more members that a later version wrote
   */
  public record Claim(
      String token, Instant until, @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Claim {
      more = Unknown.members(more);
    }

    /** A claim of somebody's. */
    public Claim(String token, Instant until) {
      this(token, until, Map.of());
    }
  }

  public Task {
    more = Unknown.members(more);
  }

  /** A task that nobody is at. */
  public static Task due(Instant at) {
    return new Task(at, null, Map.of());
  }

  /** When it may be claimed. */
  @JsonIgnore
  public Instant ready() {
    return claim == null ? at : later(at, claim.until());
  }

  /** Whether somebody is at it. */
  public boolean isClaimed(Instant now) {
    return claim != null && claim.until().isAfter(now);
  }

  /** Whether the claim on it is that of a token, whatever its time. */
  public boolean isHeldBy(String token) {
    return claim != null && claim.token().equals(token);
  }

  /** The same, claimed or with its claim renewed. */
  public Task claimed(String token, Instant until) {
    Map<String, Object> kept = isHeldBy(token) ? claim.more() : Map.of();
    return new Task(at, new Claim(token, until, kept), more);
  }

  /** The same at another time, with its claim. */
  public Task moved(Instant to) {
    return new Task(to, claim, more);
  }

  /** Done by its holder: to be done next at another time, and anybody's again. */
  public Task released(Instant next) {
    return new Task(next, null, more);
  }
}
