package dev.alertcapture.capture;

import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of Network Watchers. No call waits for what it starts, and none begins after its
 * deadline or answers long after it.
 */
public interface Sessions {

  /**
   * A session as a list or a look shows it.
   *
   * @param target the ARM id of what it captures on; of the instance where it is one of a scale set
   */
  record Seen(String name, String target, Provisioning provisioning, Session.Paths paths) {}

  /** How the session's creation fares. It never says whether packets are being captured. */
  enum Provisioning {
    /** The operation is under way. */
    UPDATING,
    /** It exists. */
    SUCCEEDED,
    /** It could not be created, and stays in the list all the same. */
    FAILED
  }

  /**
   * What is asked of Azure.
   *
   * @param instances instances of a scale set, empty for all
   * @param storageId ARM id of the storage account, null for none
   * @param storagePath the blob's URL, null for Azure's default
   * @param filePath path on the machine, null for none
   */
  record Plan(
      Target target,
      CaptureOptions options,
      List<String> instances,
      String storageId,
      String storagePath,
      String filePath) {}

  /** Azure's answer to a PUT. */
  record Started(String operationUrl, Duration retryAfter, Session.Paths paths) {}

  /** How an operation fares. */
  record Operation(Progress progress, Duration retryAfter, String error) {}

  /** Under way, done, or failed. */
  enum Progress {
    /** Look again after Retry-After. */
    IN_PROGRESS,
    /** Done. */
    SUCCEEDED,
    /** Failed, or canceled. */
    FAILED
  }

  /**
   * What queryStatus says, the only word on whether packets are being captured.
   *
   * @param running false once the session has ended
   * @param word Azure's own word: Running, Stopped, Error …
   * @param ending how it ended, with errors where Azure's word is Error; null while running
   * @param startedAt when the capture began, else null
   * @param retryAfter while running, when Azure wants to be asked again; else null
   */
  record Status(
      boolean running,
      String word,
      Session.Ending ending,
      Instant startedAt,
      Duration retryAfter) {}

  /** The watcher of a subscription and region. One request. */
  Optional<String> watcher(String subscription, String region, Deadline deadline)
      throws PortException;

  /** All sessions of a watcher, everybody's; empty where the watcher is gone. One request. */
  Optional<List<Seen>> list(String watcherId, Deadline deadline) throws PortException;

  /** One session, or empty where there is none. */
  Optional<Seen> find(String watcherId, String name, Deadline deadline) throws PortException;

  /** Starts one. Where a session of that name exists, that is trouble for now: look for it. */
  Started start(String watcherId, String name, Plan plan, Deadline deadline) throws PortException;

  /** Follows the URL that a PUT answered; empty where Azure no longer knows the operation. */
  Optional<Operation> operation(String operationUrl, Deadline deadline) throws PortException;

  /** Asks how a session fares; empty where there is none. */
  Optional<Status> status(String watcherId, String name, Deadline deadline) throws PortException;

  /** Ends a session and keeps its file; answers when to look, or empty where there is none. */
  Optional<Duration> stop(String watcherId, String name, Deadline deadline) throws PortException;

  /** Deletes a session, never its file; false where there is none. */
  boolean delete(String watcherId, String name, Deadline deadline) throws PortException;
}
