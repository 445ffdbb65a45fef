package dev.alertcapture.orchestrator;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureId;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.LogLine;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.options.OptionReader;
import dev.alertcapture.orchestrator.Acceptance.Accepted;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;

/**
 * Answers alerts: puts a capture on record for each target, or lets the alert join the one that is
 * there, then takes the new ones as far as the deadline allows.
 */
public final class CaptureOrchestrator {
  private static final int MAX_SEARCHED = 1000;
  private static final int TRIES = 8;

  // Whoever sends an alert waits 10 s; by then the captures have begun, or the alert is sent again.
  private static final Duration ON_RECORD_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration SAVE_ALLOWANCE = Duration.ofMillis(400);

  private static final int MAX_LINES = 20;
  private static final int MAX_TARGETS = 50;
  private static final String TOO_MANY = "one alert is answered on 50 targets at most";

  private final Acceptance acceptance;
  private final NamedInstances instances;
  private final Captures captures;
  private final StepRunner runner;
  private final CapturePolicy policy;
  private final Clock clock;

  CaptureOrchestrator(
      Acceptance acceptance,
      NamedInstances instances,
      Captures captures,
      StepRunner runner,
      CapturePolicy policy,
      Clock clock) {
    this.acceptance = acceptance;
    this.instances = instances;
    this.captures = captures;
    this.runner = runner;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * A capture that answers an alert.
   *
   * @param capture null where this version of the app can't read it
   */
  public record Taken(String id, Target target, Capture capture, boolean joined) {
    private static Taken of(Capture c, boolean joined) {
      return new Taken(c.id(), c.target(), c, joined);
    }
  }

  /**
   * A target for which nothing is done.
   *
   * @param target as the alert named it; null where it named none
   */
  public record Ignored(String target, String reason) {}

  /**
   * What an alert led to.
   *
   * @param lost targets that could not be put on record: the sender is to try again
   */
  public record Answer(List<Taken> captures, List<Ignored> ignored, List<String> lost) {}

  /** Answers one delivery. */
  public Answer answer(Alert alert, Invocation call) throws InterruptedException {
    Answer answer = decide(alert, call);
    answer.ignored().stream()
        .limit(MAX_LINES)
        .map(each -> LogLine.ignored(alert.what().key(), each.target(), each.reason()))
        .forEach(line -> call.log(Level.INFO, line));
    return answer;
  }

  private Answer decide(Alert alert, Invocation call) throws InterruptedException {
    Answer answer = new Answer(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String other : alert.others()) {
      answer.ignored().add(new Ignored(other, "not a virtual machine or scale set"));
    }
    Optional<String> whyNot = whyNot(alert);
    if (whyNot.isPresent() && alert.targets().isEmpty() && answer.ignored().isEmpty()) {
      answer.ignored().add(new Ignored(null, whyNot.get()));
    }
    List<Target> served = new ArrayList<>();
    for (Target target : alert.targets()) {
      Optional<String> unserved =
          whyNot(target)
              .or(() -> served.size() < MAX_TARGETS ? Optional.empty() : Optional.of(TOO_MANY));
      if (unserved.isEmpty()) {
        served.add(target);
      }
      whyNot
          .or(() -> unserved)
          .ifPresent(why -> answer.ignored().add(new Ignored(target.id(), why)));
    }
    if (alert.state() == Alert.State.RESOLVED) {
      resolve(alert, NamedInstances.possible(served), answer, call);
    } else if (whyNot.isEmpty()) {
      capture(alert, served, answer, call);
    }
    return answer;
  }

  private void resolve(Alert alert, List<Target> targets, Answer answer, Invocation call)
      throws InterruptedException {
    List<Optional<Found.Stored>> stops =
        onRecord(targets, answer, call, target -> acceptance.resolve(alert, target));
    SideBySide.each(
        stops.stream().flatMap(Optional::stream).toList(),
        call.deadline().left().plus(SAVE_ALLOWANCE),
        stop -> runner.runIfDue(stop, call),
        (stop, e) -> call.log().log(Level.WARNING, "a stop broke off, the timer carries on", e));
  }

  /**
   * The options of a capture that answers an alert, and what of the alert's own can't be used. A
   * person is refused instead, for what can't be used and for targets outside the scopes: by {@link
   * BadRequest} and {@link OutsideScopes}.
   */
  public OptionReader.Read options(Alert alert) {
    OptionReader.Read read = OptionReader.read(policy.options(), alert.options());
    if (alert.kind() == Alert.Kind.HAND) {
      if (alert.targets().stream().anyMatch(target -> whyNot(target).isPresent())) {
        throw new OutsideScopes();
      }
      if (!read.problems().isEmpty()) {
        throw new BadRequest(OptionReader.inWords("options.", read.problems()));
      }
    }
    return read;
  }

  /** What an alert means by one of its targets, which may be an instance called by a name. */
  public Target meant(Alert alert, Target target, Deadline deadline) {
    return instances.of(alert, List.of(target), deadline).keySet().iterator().next();
  }

  /** Why nothing is captured on a target, whatever the alert; or empty. */
  public Optional<String> whyNot(Target target) {
    return policy.scopes().whyNot(target);
  }

  /** Why an alert starts no capture, whatever its targets; or empty. */
  public Optional<String> whyNot(Alert alert) {
    return policy.whyNot(alert);
  }

  // First all of it is put on record, so that a slow Azure loses none; then the captures begin.
  private void capture(Alert alert, List<Target> targets, Answer answer, Invocation call)
      throws InterruptedException {
    OptionReader.Read options = options(alert);
    Map<Target, String> named = instances.of(alert, targets, call.deadline());
    List<Accepted> all =
        onRecord(
            List.copyOf(named.keySet()),
            answer,
            call,
            target -> acceptance.accept(alert, target, named.get(target), options, call));
    List<Accepted.Fresh> fresh = new ArrayList<>();
    for (Accepted accepted : all) {
      if (accepted instanceof Accepted.Fresh one) {
        call.log(Level.INFO, LogLine.state(one.held().capture()));
        fresh.add(one);
      } else if (accepted instanceof Accepted.Joined joined) {
        answer.captures().add(Taken.of(joined.capture(), true));
      } else if (accepted instanceof Accepted.JoinedUnread unread) {
        answer.captures().add(new Taken(unread.id(), unread.target(), null, true));
      } else if (accepted instanceof Accepted.HeldBack held) {
        String why = "captured just now; next from " + held.until();
        answer.ignored().add(new Ignored(held.target().id(), why));
      }
    }
    begin(fresh, answer, call);
  }

  // They are on record: whatever their first steps meet, the timer carries on.
  private void begin(List<Accepted.Fresh> fresh, Answer answer, Invocation call)
      throws InterruptedException {
    List<Optional<Capture>> begun =
        SideBySide.each(
            fresh,
            call.deadline().left().plus(SAVE_ALLOWANCE),
            one -> runner.run(one.held(), call),
            (one, e) ->
                call.log().log(Level.WARNING, "the first step broke off, the timer carries on", e));
    for (int i = 0; i < begun.size(); i++) {
      Capture asItIs = begun.get(i).orElse(fresh.get(i).held().capture());
      answer.captures().add(Taken.of(asItIs, false));
    }
  }

  // What is not written in time may have been all the same: the sender's next try then joins.
  private static <T> List<T> onRecord(
      List<Target> targets, Answer answer, Invocation call, Function<Target, T> write)
      throws InterruptedException {
    return SideBySide.each(
            targets,
            call.deadline().within(ON_RECORD_TIMEOUT).left(),
            write::apply,
            (target, e) -> {
              call.log().log(Level.SEVERE, "not on record: an alert on " + target.id(), e);
              answer.lost().add(target.id());
            })
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** What is there under an id. */
  public sealed interface Lookup {
    /** A capture. */
    record Hit(Capture capture) implements Lookup {}

    /** One that another version of the app wrote, or that is damaged: it is left alone. */
    record Unreadable(String id) implements Lookup {}
  }

  /** One capture. If its step is due, it is taken on first. */
  public Optional<Lookup> find(String id, Invocation call) throws InterruptedException {
    if (!CaptureId.isId(id)) {
      return Optional.empty();
    }
    try {
      runner.runIfDue(id, call);
    } catch (RuntimeException | Error e) {
      // Whoever reads a capture wants to see it, also when it can't be taken on just now.
      call.log().log(Level.WARNING, "capture " + id + " broke off", e);
    }
    return captures
        .find(id)
        .map(
            found ->
                found instanceof Found.Stored s
                    ? new Lookup.Hit(s.capture())
                    : new Lookup.Unreadable(id));
  }

  /** Ends a capture early and keeps what was captured; empty where there is none of that id. */
  public Optional<Lookup> stop(String id, Invocation call) throws InterruptedException {
    if (!CaptureId.isId(id)) {
      return Optional.empty();
    }
    for (int i = 0; i < TRIES; i++) {
      Optional<Found.Stored> found = captures.get(id);
      if (found.isEmpty()) {
        return find(id, call);
      }
      Instant now = clock.instant();
      Capture c = found.get().capture();
      Capture next = Steps.stop(c, "by hand", now);
      try {
        if (!next.equals(c)) {
          captures.save(found.get(), next, null, now);
        }
        return find(id, call);
      } catch (Conflict lost) {
        // A step was saved meanwhile: stop what the capture is now.
      }
    }
    throw new StoreException("a capture changes too fast to be stopped", null);
  }

  /** Captures that a filter takes, newest first, and ids of what this version can't read. */
  public record Listing(List<Capture> captures, List<String> unreadable) {}

  /** Captures among the last {@value #MAX_SEARCHED} that a filter takes. */
  public Listing newest(CaptureFilter filter) {
    Captures.Listing all = captures.newest(filter.takesAll() ? filter.limit() : MAX_SEARCHED);
    if (filter.takesAll() && !all.unreadable().isEmpty()) {
      all = captures.newest(MAX_SEARCHED);
    }
    return new Listing(
        all.captures().stream().filter(filter::takes).limit(filter.limit()).toList(),
        all.unreadable());
  }
}
