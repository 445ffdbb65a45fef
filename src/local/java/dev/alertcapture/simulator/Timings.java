package dev.alertcapture.simulator;

import java.time.Duration;

/**
 * How long each kind of work takes in the simulated Azure.
 *
 * @param create from the accepted PUT to the running session
 * @param stop from the accepted stop to the ended session
 * @param delete from the accepted DELETE to the session's disappearance
 * @param fileMove from the session's end to the file's appearance in the storage account
 * @param query from a queryStatus of a running session to its refreshed answer
 */
public record Timings(
    Duration create, Duration stop, Duration delete, Duration fileMove, Duration query) {

  /**
   * The short end of what recordings show (docs/design/azure.md, "Operations"), so that a local run
   * stays brisk.
   */
  public static Timings azure() {
    return new Timings(
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(4),
        Duration.ofSeconds(3),
        Duration.ofSeconds(1));
  }

  /** Everything is done at the moment it is accepted. */
  public static Timings instant() {
    return new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  public Timings withCreate(Duration value) {
    return new Timings(value, stop, delete, fileMove, query);
  }

  public Timings withStop(Duration value) {
    return new Timings(create, value, delete, fileMove, query);
  }

  public Timings withDelete(Duration value) {
    return new Timings(create, stop, value, fileMove, query);
  }

  public Timings withFileMove(Duration value) {
    return new Timings(create, stop, delete, value, query);
  }

  public Timings withQuery(Duration value) {
    return new Timings(create, stop, delete, fileMove, value);
  }
}
