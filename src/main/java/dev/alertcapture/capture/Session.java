package dev.alertcapture.capture;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;

/**
 * What we know of a capture's session: the packetCaptures resource under a Network Watcher.
 *
 * @param name the same for every capture of a target by this deployment
 * @param watcherId ARM id of the regional Network Watcher
 * @param operationUrl the signed URL of the operation that creates it, followed verbatim; else null
 * @param putAt when the PUT was put on record, just before it was sent; else null
 * @param runningSince when it was first known to run, else null
 * @param paths where its file goes, else null
 * @param ending how it ended, else null
 * @param more members that a later version wrote
 */
public record Session(
    String name,
    String watcherId,
    Phase phase,
    String operationUrl,
    Instant putAt,
    Instant runningSince,
    Paths paths,
    Ending ending,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {

  /** What is known to have become of the resource. */
  public enum Phase {
    /** An earlier capture's session still has the name. It is deleted before ours starts. */
    STALE,
    /** Azure accepted the deletion of the stale one; the name is free once it is gone. */
    @JsonProperty("LEAVING")
    STALE_DELETED,
    /** On record, so the PUT may have been sent. Never send it from here: look first. */
    INTENDED,
    /** On record, looked for and not there: a slot is reserved again, under the same name. */
    ABSENT,
    /** Azure accepted the PUT, or the session was found: it is this capture's own. */
    ACCEPTED,
    /** Deleted, or known to be gone, or taken over by a later capture of the same target. */
    GONE,
    /** Azure refuses its deletion for good; it is left to people. */
    KEPT
  }

  /**
   * Where the file goes, in Azure's words.
   *
   * @param storagePath the blob's URL without a query, else null
   * @param filePath the path on the machine, else null
   * @param more members that a later version wrote
   */
  public record Paths(
      String storagePath, String filePath, @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Paths {
      more = Unknown.members(more);
      // A query may be a signature that opens the account.
      String blob = storagePath == null ? "" : storagePath.replaceFirst("(?s)[?#].*", "");
      storagePath = blob.isBlank() ? null : blob;
      filePath = filePath == null || filePath.isBlank() ? null : filePath;
    }

    /** As Azure has just said. */
    public Paths(String storagePath, String filePath) {
      this(storagePath, filePath, Map.of());
    }
  }

  /**
   * How it ended.
   *
   * @param stopReason Azure's own word, an open list: Manual, TimeExceeded …; else null
   * @param errors what went wrong on the machine in Azure's words, else null
   * @param more members that a later version wrote
   */
  public record Ending(
      String stopReason, String errors, @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Ending {
      more = Unknown.members(more);
    }

    /** As Azure has just said. */
    public Ending(String stopReason, String errors) {
      this(stopReason, errors, Map.of());
    }

    /** The session went away while it was needed. */
    static final Ending DELETED = new Ending(EndReason.DELETED_WORD, null);

    /** What the word means. */
    @JsonIgnore
    public EndReason meaning() {
      return EndReason.of(stopReason);
    }
  }

  public Session {
    more = Unknown.members(more);
  }

  /** As it is now. */
  public Session(
      String name,
      String watcherId,
      Phase phase,
      String operationUrl,
      Instant putAt,
      Instant runningSince,
      Paths paths,
      Ending ending) {
    this(name, watcherId, phase, operationUrl, putAt, runningSince, paths, ending, Map.of());
  }

  static Session named(String name, String watcherId, Phase phase, Instant putAt) {
    return new Session(name, watcherId, phase, null, putAt, null, null, null, Map.of());
  }

  Session in(Phase next) {
    return new Session(
        name, watcherId, next, operationUrl, putAt, runningSince, paths, ending, more);
  }

  Session accepted(String operation, Paths where) {
    return new Session(
        name, watcherId, Phase.ACCEPTED, operation, putAt, runningSince, where, ending, more);
  }

  Session running(Instant now) {
    return new Session(name, watcherId, Phase.ACCEPTED, null, putAt, now, paths, ending, more);
  }

  Session ended(Ending how) {
    return new Session(name, watcherId, phase, null, putAt, runningSince, paths, how, more);
  }
}
