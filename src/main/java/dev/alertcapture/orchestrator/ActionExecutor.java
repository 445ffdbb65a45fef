package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Action;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Carries out actions through the ports, and says what came of them. Decides nothing. */
final class ActionExecutor {
  private static final Duration PUT_TIMEOUT = Duration.ofSeconds(30);

  // docs/design/azure.md, "Scale sets"
  private static final Pattern OF_SET =
      Pattern.compile(
          "(/virtualMachineScaleSets/[^/]+/)(?!virtualMachines/)", Pattern.CASE_INSENSITIVE);

  private final Engine.Ports ports;
  private final Destinations destinations;
  private final Pause pause;

  ActionExecutor(Engine.Ports ports, Destinations destinations, Pause pause) {
    this.ports = ports;
    this.destinations = destinations;
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

  /** Whether a capture in a region has a place to put its file. */
  boolean serves(String region) {
    return destinations.serve(region);
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
            // Azure's own path tells instances apart; of ours all would write to one.
            c.target().kind() == Target.Kind.SCALE_SET
                ? null
                : destinations.storagePath(account, session.name(), at),
            destinations.filePath(session.name(), at));
    try {
      Deadline end = deadline.within(PUT_TIMEOUT);
      return new Observation.PutAccepted(
          ports.sessions().start(session.watcherId(), session.name(), plan, end));
    } catch (PortException e) {
      return Observation.of(e);
    }
  }

  /** Everything but starting a session and deleting one, which take more than a request. */
  Observation act(Action action, Capture c, Deadline deadline) {
    try {
      return look(action, c, deadline);
    } catch (PortException e) {
      return Observation.of(e);
    }
  }

  private Observation look(Action action, Capture c, Deadline deadline) throws PortException {
    Sessions sessions = ports.sessions();
    Session s = c.session();
    if (action instanceof Action.Reject) {
      return new Observation.Withdrawn();
    }
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
      return lookAtFile(c, deadline);
    }
    throw new IllegalStateException("not an act: " + action);
  }

  /** Where files may be: at the path that was answered, and an instance's below that instance. */
  private static List<String> places(String path, Target target) {
    String below =
        OF_SET.matcher(path).replaceFirst("$1virtualMachines/" + target.instance() + "/");
    return target.kind() == Target.Kind.INSTANCE && !below.equals(path)
        ? List.of(path, below)
        : List.of(path);
  }

  private Observation lookAtFile(Capture c, Deadline deadline) throws PortException {
    String path = c.session().paths().storagePath();
    if (c.target().kind() != Target.Kind.VIRTUAL_MACHINE) {
      List<CaptureFile.Part> files = List.of();
      for (String place : places(path, c.target())) {
        files = files.isEmpty() ? ports.files().beside(place, deadline) : files;
      }
      return files.isEmpty() ? new Observation.FileNotYet() : new Observation.FilesFound(files);
    }
    OptionalLong size = ports.files().size(path, deadline);
    return size.isPresent()
        ? new Observation.FileFound(size.getAsLong())
        : new Observation.FileNotYet();
  }
}
