package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Action;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.Captures.Stored;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Carries out actions through the ports, and says what came of them. Decides nothing. */
final class ActionExecutor {
  private static final Duration PUT_TIMEOUT = Duration.ofSeconds(30);

  private final Captures captures;
  private final SlotQueue slots;
  private final Engine.Ports ports;
  private final Destinations destinations;
  private final Clock clock;
  private final Pause pause;

  ActionExecutor(
      CaptureStore store,
      Captures captures,
      Steps steps,
      CapturePolicy policy,
      Engine.Ports ports,
      Destinations destinations,
      Clock clock,
      Pause pause) {
    this.captures = captures;
    this.slots =
        new SlotQueue(
            new SlotReservations(store, captures, ports.sessions(), steps, policy, clock));
    this.ports = ports;
    this.destinations = destinations;
    this.clock = clock;
    this.pause = pause;
  }

  /** Waits, unless the deadline would pass. */
  boolean pause(Duration time, Deadline deadline) throws InterruptedException {
    if (deadline.left().compareTo(time) <= 0) {
      return false;
    }
    pause.of(time);
    return true;
  }

  SlotReservations.Outcome reserve(Stored stored, Deadline deadline) throws InterruptedException {
    Capture c = stored.capture();
    if (!destinations.serve(c.region())) {
      return SlotReservations.Outcome.not(
          new Observation.Refused(Reason.NO_STORAGE_ACCOUNT, "region " + c.region()));
    }
    return slots.reserve(stored, deadline);
  }

  /**
   * Sends the PUT of a capture whose intent is on record.
   *
   * @param putBy after that the slot may have left the ledger, so it is reserved again
   */
  Observation start(Capture c, Deadline putBy, Deadline deadline) {
    if (putBy.passed()) {
      return new Observation.SessionMissing();
    }
    Session session = c.session();
    Destinations.Account account = destinations.account(c.region());
    Instant at = c.createdAt();
    Sessions.Plan plan =
        new Sessions.Plan(
            c.target(),
            c.options(),
            c.target().instance() == null ? List.of() : List.of(c.target().instance()),
            account == null ? null : account.id(),
            destinations.storagePath(account, session.name(), at),
            destinations.filePath(session.name(), at));
    try {
      Deadline end = deadline.within(PUT_TIMEOUT);
      return new Observation.PutAccepted(
          ports.sessions().start(session.watcherId(), session.name(), plan, end));
    } catch (PortException e) {
      return Observation.of(e);
    }
  }

  Observation act(Action action, Capture c, Deadline deadline) throws Conflict {
    try {
      if (action instanceof Action.DeleteSession) {
        return delete(c, deadline);
      }
      return look(action, c, deadline);
    } catch (PortException e) {
      return Observation.of(e);
    }
  }

  private Observation look(Action action, Capture c, Deadline deadline) throws PortException {
    Sessions sessions = ports.sessions();
    Session s = c.session();
    if (action instanceof Action.FindRegion) {
      return new Observation.RegionFound(ports.targets().region(c.target(), deadline));
    }
    if (action instanceof Action.LookForSession) {
      return sessions
          .find(s.watcherId(), s.name(), deadline)
          .<Observation>map(Observation.SessionFound::new)
          .orElseGet(Observation.SessionMissing::new);
    }
    if (action instanceof Action.FollowOperation) {
      return sessions
          .operation(s.operationUrl(), deadline)
          .<Observation>map(Observation.OperationSeen::new)
          .orElseGet(Observation.OperationUnknown::new);
    }
    if (action instanceof Action.QueryStatus) {
      return sessions
          .status(s.watcherId(), s.name(), deadline)
          .<Observation>map(Observation.StatusSeen::new)
          .orElseGet(Observation.SessionMissing::new);
    }
    if (action instanceof Action.StopSession) {
      return sessions
          .stop(s.watcherId(), s.name(), deadline)
          .<Observation>map(Observation.StopAccepted::new)
          .orElseGet(Observation.SessionMissing::new);
    }
    if (action instanceof Action.LookAtFile) {
      if (c.target().kind() != Target.Kind.VIRTUAL_MACHINE) {
        List<CaptureFile.Part> files = ports.files().beside(s.paths().storagePath(), deadline);
        return files.isEmpty() ? new Observation.FileNotYet() : new Observation.FilesFound(files);
      }
      OptionalLong size = ports.files().size(s.paths().storagePath(), deadline);
      return size.isPresent()
          ? new Observation.FileFound(size.getAsLong())
          : new Observation.FileNotYet();
    }
    throw new IllegalStateException("not an act: " + action);
  }

  private Observation delete(Capture c, Deadline deadline) throws PortException, Conflict {
    Session s = c.session();
    // The claim's length: by then this request has reached Azure or never will.
    if (!c.state().isActive() && !captures.mayDelete(c, clock.instant(), StepRunner.CLAIM_TTL)) {
      return new Observation.TakenOver();
    }
    return ports.sessions().delete(s.watcherId(), s.name(), deadline)
        ? new Observation.DeletionAccepted()
        : new Observation.SessionMissing();
  }
}
