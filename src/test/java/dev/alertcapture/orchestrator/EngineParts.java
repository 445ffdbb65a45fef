package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.TargetRecords.StoredLedger;
import dev.alertcapture.orchestrator.TargetRecords.StoredTarget;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.target.Target;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The parts of an engine, each for itself, as {@link Engine#of} puts them together. */
final class EngineParts {
  final Supplier<String> tokens;
  final TargetRecords targets;
  final Captures captures;
  final DueIndex index;
  final Steps steps;
  final Claims claims;
  final SessionNaming names;
  final SessionDeletion deletion;
  final RoomMaker rooms;
  final SlotReservations reservations;
  final Acceptance acceptance;
  private final Clock clock;

  EngineParts(CaptureStore store, CapturePolicy policy, Sessions sessions, Clock clock) {
    this(store, policy, sessions, clock, "token");
  }

  /** With tokens that begin with a name. */
  EngineParts(
      CaptureStore store, CapturePolicy policy, Sessions sessions, Clock clock, String name) {
    AtomicInteger count = new AtomicInteger();
    this.clock = clock;
    tokens = () -> name + "-" + count.incrementAndGet();
    targets = new TargetRecords(store, tokens);
    captures = new Captures(store, targets, policy);
    index = new DueIndex(store, captures);
    steps = new Steps(policy);
    claims = new Claims(captures, steps, clock, tokens);
    names = new SessionNaming(policy.namePrefix(), store.identity());
    deletion = new SessionDeletion(captures, claims, sessions, clock);
    Orphans orphans = new Orphans(store, captures, targets, sessions, names, clock, tokens);
    rooms = new RoomMaker(captures, targets, claims, deletion, orphans, names, clock);
    reservations =
        new SlotReservations(store, targets, claims, sessions, rooms, names, policy, clock);
    acceptance =
        new Acceptance(
            store, captures, targets, claims, policy, clock, new Random(name.hashCode()));
  }

  SlotQueue slots() {
    return new SlotQueue(reservations);
  }

  Messenger messenger(Map<String, Channel> channels) {
    return new Messenger(captures, channels, clock, tokens);
  }

  StepRunner runner(Sessions sessions, Files files, Destinations destinations, Pause pause) {
    Engine.Ports ports = new Engine.Ports((target, deadline) -> "westus", sessions, files);
    ActionExecutor executor = new ActionExecutor(ports, destinations, pause);
    return new StepRunner(captures, claims, steps, slots(), deletion, executor, clock);
  }

  StoredTarget target(Target target) {
    return targets.of(target, clock.instant());
  }

  StoredLedger ledger(String subscription, String region) {
    return targets.ledger(RowKeys.ledger(subscription, region), clock.instant());
  }
}
