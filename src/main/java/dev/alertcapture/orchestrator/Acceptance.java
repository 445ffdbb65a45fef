package dev.alertcapture.orchestrator;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureId;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.capture.Task;
import dev.alertcapture.options.OptionReader;
import dev.alertcapture.orchestrator.Found.Foreign;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.orchestrator.TargetRecords.StoredTarget;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Writes an alert down for one of its targets, once however often it comes (docs/design/store.md,
 * "Accept").
 */
final class Acceptance {
  private static final int TRIES = 8;

  private final CaptureStore store;
  private final Captures captures;
  private final TargetRecords targets;
  private final Claims claims;
  private final CapturePolicy policy;
  private final Clock clock;
  private final RandomGenerator random;

  Acceptance(
      CaptureStore store,
      Captures captures,
      TargetRecords targets,
      Claims claims,
      CapturePolicy policy,
      Clock clock,
      RandomGenerator random) {
    this.store = store;
    this.captures = captures;
    this.targets = targets;
    this.claims = claims;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  /** What an alert led to on a target. */
  sealed interface Accepted {
    /** A new capture, claimed by the caller, who takes its first step. */
    record Fresh(Claims.Held held) implements Accepted {}

    /** It is the same alert as before, or one more on a target that has an active capture. */
    record Joined(Capture capture) implements Accepted {}

    /** The same, where this version can't read that capture. */
    record JoinedUnread(String id, Target target) implements Accepted {}

    /** The target had a capture just now. */
    record HeldBack(Target target, Instant until) implements Accepted {}
  }

  /**
   * Writes it down. Throws {@link StoreException} where that was not possible.
   *
   * @param why it is this target, for the capture's history; empty where there is nothing to say
   */
  Accepted accept(
      Alert alert, Target target, String why, OptionReader.Read options, Invocation call) {
    for (int i = 0; i < TRIES; i++) {
      try {
        return tryAccept(alert, target, why, options, call);
      } catch (Conflict lost) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextLong(5, 20L << i)).toNanos());
      }
    }
    // So many alerts join at once that this one could not be counted; but its capture runs.
    return activeCapture(target)
        .orElseThrow(() -> new StoreException("too many alerts on one target at once", null));
  }

  private Optional<Accepted> activeCapture(Target target) {
    TargetRecord record = targets.of(target, clock.instant()).record();
    return Optional.ofNullable(record.active())
        .flatMap(captures::find)
        .map(
            found ->
                found instanceof Stored s
                    ? new Accepted.Joined(s.capture())
                    : new Accepted.JoinedUnread(record.active(), target));
  }

  private Accepted tryAccept(
      Alert alert, Target target, String why, OptionReader.Read options, Invocation call)
      throws Conflict {
    Instant now = clock.instant();
    StoredTarget stored = targets.of(target, now);
    TargetRecord record = stored.record();
    String same = record.captureOf(alert.what().key(), now);
    Optional<Found> known = Optional.ofNullable(same).flatMap(captures::find);
    if (known.isPresent()) {
      return known.get() instanceof Stored s
          ? new Accepted.Joined(s.capture())
          : new Accepted.JoinedUnread(same, target);
    }
    Optional<Found> active = Optional.ofNullable(record.active()).flatMap(captures::find);
    if (active.isPresent() && active.get() instanceof Stored running) {
      return join(alert, options, running, stored, now);
    }
    // A capture that can't be read holds its target no longer than any capture can live.
    if (active.isPresent()
        && active.get() instanceof Foreign foreign
        && CaptureId.mayBeActive(foreign.id(), now)) {
      TargetRecord answered = record.answered(alert.what(), foreign.id(), now);
      store.commit(List.of(stored.write(answered)));
      return new Accepted.JoinedUnread(foreign.id(), target);
    }
    if (record.coolUntil() != null && record.coolUntil().isAfter(now)) {
      store.commit(List.of(stored.write(record.heldBackOneMore())));
      return new Accepted.HeldBack(target, record.coolUntil());
    }
    String token = claims.token();
    Capture fresh = fresh(alert, target, why, options, record, token, now);
    TargetRecord taken = record.taken(fresh.id()).answered(alert.what(), fresh.id(), now);
    Deadline actBy = Claims.actBy(call.deadline());
    return new Accepted.Fresh(new Claims.Held(captures.insert(fresh, stored, taken), token, actBy));
  }

  private Accepted join(
      Alert alert, OptionReader.Read options, Stored running, StoredTarget stored, Instant now)
      throws Conflict {
    Capture c = running.capture();
    Capture joined = c.joined(alert.what());
    boolean same = options.options().equals(c.options().without(List.of()));
    if (!alert.options().isEmpty() && !same) {
      joined = joined.noted(now, alert.what().rule() + " joined; its own options are not used");
    }
    TargetRecord answered = stored.record().answered(alert.what(), c.id(), now);
    return new Accepted.Joined(captures.join(running, joined, stored, answered).capture());
  }

  private Capture fresh(
      Alert alert,
      Target target,
      String whyTarget,
      OptionReader.Read options,
      TargetRecord record,
      String token,
      Instant now) {
    boolean byHand = alert.kind() == Alert.Kind.HAND;
    String why = byHand ? "asked for by hand" : "alert " + alert.what().rule() + " fired";
    List<String> history = new ArrayList<>(List.of(why));
    if (!whyTarget.isEmpty()) {
      history.add(whyTarget);
    }
    if (!options.problems().isEmpty()) {
      history.add(
          "the rule's options that can't be used: "
              + OptionReader.inWords("capture.", options.problems()));
    }
    // A deletion that is under way could otherwise hit the session that we start.
    Instant fenced = record.fencedUntil(now);
    Task step = Claims.claimed(Task.due(fenced == null ? now : fenced), token, now);
    return Capture.requested(
        CaptureId.next(now, random),
        target,
        alert.what(),
        options
            .options()
            .without(options.problems().stream().map(p -> p.inWords("capture.")).toList()),
        record.heldBack(),
        record.region() == null ? alert.region() : record.region(),
        history,
        now,
        step);
  }

  /**
   * Notes on a capture that an alert which it answers is over, and that it is to end if that is
   * wanted. Answers the capture that is to end, else empty.
   */
  Optional<Stored> resolve(Alert alert, Target target) {
    for (int i = 0; i < TRIES; i++) {
      try {
        return tryResolve(alert.what(), target);
      } catch (Conflict lost) {
        // The capture went on meanwhile: note it on what it is now.
      }
    }
    return Optional.empty();
  }

  private Optional<Stored> tryResolve(Alert.Details alert, Target target) throws Conflict {
    Instant now = clock.instant();
    TargetRecord record = targets.of(target, now).record();
    Optional<Stored> found =
        Optional.ofNullable(record.captureOfResolved(alert, now)).flatMap(captures::get);
    if (found.isEmpty() || !found.get().capture().state().isActive()) {
      return Optional.empty();
    }
    Capture noted = found.get().capture().noted(now, "alert resolved");
    // One that a person asked for answers no alert, so no alert ends it.
    boolean over = noted.alert().key() != null && record.resolved(alert).allResolved(noted.id());
    boolean ends = policy.stopOnResolved() && over;
    Capture next = ends ? Steps.stop(noted, "its alerts are resolved", now) : noted;
    Stored saved = captures.save(found.get(), next, null, now, kept -> kept.resolved(alert));
    return ends ? Optional.of(saved) : Optional.empty();
  }
}
