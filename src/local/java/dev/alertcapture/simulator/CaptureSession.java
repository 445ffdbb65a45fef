package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * One packetCaptures resource. It holds the moments at which it was asked for something and answers
 * every question as of a moment, so nothing has to run in between. Not safe for threads.
 *
 * <p>Simplified: packets flow, and the time limit counts, from the end of the create operation;
 * recordings have captureStartTime some seconds before.
 */
final class CaptureSession {
  /**
   * Up to seven fractional digits, trailing zeros trimmed (docs/design/azure.md, "Status of a
   * session").
   */
  private static final DateTimeFormatter START_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String id;
  private final CaptureRequest request;
  private final Failure failure;
  private final Instant createDone;
  private final Timings timings;
  private Instant stopDone = Instant.MAX;
  private Instant deleteDone = Instant.MAX;
  private boolean deleting;
  private String lastQuery;

  /**
   * Why a session never ran; the code is the simulator's own, for none of Azure's is known.
   *
   * @param reason one of packetCaptureError's (docs/design/azure.md, "Status of a session")
   */
  record Failure(String code, String message, String reason) {}

  /**
   * @param failure null if it will run
   */
  CaptureSession(
      String id, CaptureRequest request, Failure failure, Instant accepted, Timings timings) {
    this.id = id;
    this.request = request;
    this.failure = failure;
    this.createDone = accepted.plus(timings.create());
    this.timings = timings;
  }

  /** Accepts a stop, also of a session that has ended; returns when it is done. */
  Instant stop(Instant now) {
    Instant done = afterCreation(now, timings.stop());
    stopDone = earlier(stopDone, done);
    return done;
  }

  /** Accepts a delete, also of a running session; returns when it is done. */
  Instant delete(Instant now) {
    deleting = true;
    deleteDone = earlier(deleteDone, afterCreation(now, timings.delete()));
    return deleteDone;
  }

  private Instant afterCreation(Instant now, Duration duration) {
    return (now.isBefore(createDone) ? createDone : now).plus(duration);
  }

  void queriedBy(String operationId) {
    lastQuery = operationId;
  }

  String id() {
    return id;
  }

  String name() {
    return Inventory.lastSegment(id);
  }

  Failure failure() {
    return failure;
  }

  Instant createDone() {
    return createDone;
  }

  boolean deleting() {
    return deleting;
  }

  boolean goneAt(Instant now) {
    return !now.isBefore(deleteDone);
  }

  CaptureRequest request() {
    return request;
  }

  private Instant limitReached() {
    return createDone.plus(request.timeLimit());
  }

  /** When the last packet can be: at the time limit, or at a stop or deletion before that. */
  Instant ended() {
    return earlier(earlier(limitReached(), stopDone), deleteDone);
  }

  /** What queryStatus says at that moment. */
  String stateAt(Instant now) {
    if (now.isBefore(createDone)) {
      return "NotStarted";
    }
    if (failure != null) {
      return "Error";
    }
    return now.isBefore(ended()) ? "Running" : "Stopped";
  }

  /** Whether queryStatus answers at once, for it has nothing left to ask the VM. */
  boolean settledAt(Instant now) {
    String state = stateAt(now);
    return state.equals("Stopped") || state.equals("Error");
  }

  /** Whether its file is in the account; the session's deletion changes nothing about that. */
  boolean hasFileAt(Instant now) {
    return failure == null && !request.blobPaths().isEmpty() && !now.isBefore(fileMoved());
  }

  Instant fileMoved() {
    return ended().plus(timings.fileMove());
  }

  ObjectNode statusAt(Instant now) {
    String state = stateAt(now);
    ObjectNode status = Json.object().put("name", name()).put("id", id);
    if (failure == null && !state.equals("NotStarted")) {
      status.put("captureStartTime", START_TIME.format(createDone));
    }
    status.put("packetCaptureStatus", state);
    if (state.equals("Stopped")) {
      status.put("stopReason", stopDone.isAfter(limitReached()) ? "TimeExceeded" : "Manual");
    }
    var errors = status.putArray("packetCaptureError");
    if (state.equals("Error")) {
      errors.add(failure.reason());
    }
    return status;
  }

  /** The 201's body, which says Updating however soon the creation is done. */
  ObjectNode asAccepted(String etag) {
    return resource("Updating", etag);
  }

  ObjectNode resourceAt(Instant now, String etag) {
    String settled = failure == null ? "Succeeded" : "Failed";
    return resource(now.isBefore(createDone) ? "Updating" : settled, etag);
  }

  private ObjectNode resource(String provisioningState, String etag) {
    ObjectNode resource = Json.object().put("name", name()).put("id", id).put("etag", etag);
    ObjectNode properties = resource.putObject("properties");
    properties.put("provisioningState", provisioningState);
    properties.setAll(request.properties().deepCopy());
    if (lastQuery != null) {
      properties.put("queryPacketCaptureLastOperationId", lastQuery);
    }
    return resource.put("type", "Microsoft.Network/networkWatchers/packetCaptures");
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
