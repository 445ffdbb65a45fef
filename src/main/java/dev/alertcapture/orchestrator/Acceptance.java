package dev.alertcapture.orchestrator;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureId;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.options.OptionReader;
import dev.alertcapture.orchestrator.Captures.Stored;
import dev.alertcapture.orchestrator.Captures.StoredTarget;
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

  private final Captures captures;
  private final Steps steps;
  private final CapturePolicy policy;
  private final Clock clock;
  private final RandomGenerator random;

  Acceptance(
      Captures captures, Steps steps, CapturePolicy policy, Clock clock, RandomGenerator random) {
    this.captures = captures;
    this.steps = steps;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  /** What an alert led to on a target. */
  sealed interface Accepted {
    /** A new capture, claimed by the caller, who takes its first step. */
    record Fresh(Stored stored) implements Accepted {}

    /** It is the same alert as before, or one more on a target that has an active capture. */
    record Joined(Capture capture) implements Accepted {}

    /** The target had a capture just now. */
    record HeldBack(Target target, Instant until) implements Accepted {}
  }

  /** Writes it down. Throws {@link StoreException} where that was not possible. */
  Accepted accept(Alert alert, Target target, OptionReader.Read options) {
    for (int i = 0; i < TRIES; i++) {
      try {
        return tryAccept(alert, target, options);
      } catch (Conflict lost) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextLong(5, 20L << i)).toNanos());
      }
    }
    throw new StoreException("too many alerts on one target at once", null);
  }

  private Accepted tryAccept(Alert alert, Target target, OptionReader.Read options)
      throws Conflict {
    Instant now = clock.instant();
    StoredTarget stored = captures.target(target);
    TargetRecord record = stored.record();
    String key = alert.what().key();
    Optional<Stored> same = record.captureOf(key, now).flatMap(captures::get);
    if (same.isPresent()) {
      return new Accepted.Joined(same.get().capture());
    }
    Optional<Stored> active = Optional.ofNullable(record.active()).flatMap(captures::get);
    if (active.isPresent()) {
      Capture c = active.get().capture();
      Capture joined = c.joined(alert.what());
      if (!alert.options().isEmpty() && !options.options().equals(c.options())) {
        joined = joined.noted(now, alert.what().rule() + " joined; its own options are not used");
      }
      return new Accepted.Joined(
          captures.join(active.get(), joined, stored, record.answered(key, c.id(), now)).capture());
    }
    if (record.coolUntil() != null && record.coolUntil().isAfter(now)) {
      captures.heldBack(stored);
      return new Accepted.HeldBack(target, record.coolUntil());
    }
    Capture fresh = fresh(alert, target, options, record, now);
    TargetRecord taken = record.taken(fresh.id()).answered(key, fresh.id(), now);
    return new Accepted.Fresh(captures.insert(fresh, stored, taken));
  }

  private Capture fresh(
      Alert alert, Target target, OptionReader.Read options, TargetRecord record, Instant now) {
    boolean byHand = alert.kind() == Alert.Kind.HAND;
    String why = byHand ? "asked for by hand" : "alert " + alert.what().rule() + " fired";
    List<String> history = new ArrayList<>(List.of(why));
    if (!options.problems().isEmpty()) {
      history.add(
          "the rule's options that can't be used: "
              + OptionReader.inWords("capture.", options.problems()));
    }
    boolean deleting = record.deletingUntil() != null && record.deletingUntil().isAfter(now);
    return Capture.requested(
        CaptureId.next(now, random),
        target,
        alert.what(),
        options.options(),
        record.heldBack(),
        record.region() == null ? alert.region() : record.region(),
        history,
        now,
        now.plus(StepRunner.CLAIM_TTL),
        // A deletion that is under way could otherwise hit the session that we start.
        deleting ? record.deletingUntil() : now);
  }

  /** Notes on a capture that an alert which it answers is over, and ends it if that is wanted. */
  void resolve(Alert alert, Target target, Invocation call) {
    for (int i = 0; i < TRIES; i++) {
      try {
        tryResolve(alert.what().key(), target, call);
        return;
      } catch (Conflict lost) {
        // The capture went on meanwhile: note it on what it is now.
      }
    }
  }

  private void tryResolve(String key, Target target, Invocation call) throws Conflict {
    Instant now = clock.instant();
    StoredTarget stored = captures.target(target);
    Optional<Stored> found = stored.record().captureOfResolved(key, now).flatMap(captures::get);
    if (found.isEmpty() || !found.get().capture().state().isActive()) {
      return;
    }
    Capture noted = found.get().capture().noted(now, "alert resolved");
    boolean over = stored.record().resolved(key).allResolved(noted.id());
    boolean ends = policy.stopOnResolved() && over;
    Capture next = ends ? steps.stop(noted, "its alerts are resolved", now) : noted;
    captures.save(found.get(), next, now, record -> record.resolved(key));
    call.log(noted, next);
  }
}
