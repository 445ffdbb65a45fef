package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.store.CaptureStore;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The parts of an engine, put together: for {@link Engine}, and for tests of one part. */
final class EngineParts {
  final TargetRecords targets;
  final Captures captures;
  final DueIndex index;
  final Steps steps;
  final Claims claims;
  final SessionNaming names;
  final SessionDeletion deletion;
  final SlotReservations reservations;
  final SlotQueue slots;
  final StepRunner runner;
  final Acceptance acceptance;
  final NamedInstances instances;
  final Messenger messenger;
  final Deliveries deliveries;
  final Heartbeats heartbeats;
  final Status status;

  /**
   * Parts over the given ports.
   *
   * @param tokens each another one: of claims and fences
   */
  EngineParts(
      CaptureStore store,
      CapturePolicy policy,
      Engine.Ports ports,
      Destinations destinations,
      Map<String, Channel> channels,
      Clock clock,
      Pause pause,
      RandomGenerator random,
      Supplier<String> tokens) {
    Sessions sessions = ports.sessions();
    targets = new TargetRecords(store, tokens);
    captures = new Captures(store, targets, policy);
    index = new DueIndex(store, captures);
    heartbeats = new Heartbeats(store, clock.instant());
    deliveries = new Deliveries(store, clock, random);
    steps = new Steps(policy);
    claims = new Claims(captures, steps, clock, tokens);
    names = new SessionNaming(policy.namePrefix(), store.identity());
    deletion = new SessionDeletion(captures, claims, sessions, clock);
    Orphans orphans = new Orphans(store, captures, targets, sessions, names, clock, tokens);
    RoomMaker rooms = new RoomMaker(captures, targets, claims, deletion, orphans, names, clock);
    reservations =
        new SlotReservations(store, targets, claims, sessions, rooms, names, policy, clock);
    slots = new SlotQueue(reservations);
    ActionExecutor executor = new ActionExecutor(ports, destinations, pause);
    runner = new StepRunner(captures, claims, steps, slots, deletion, executor, clock);
    acceptance = new Acceptance(store, captures, targets, claims, policy, clock, random);
    instances = new NamedInstances(ports.targets());
    messenger = new Messenger(captures, channels, clock, tokens);
    status = new Status(captures, targets, heartbeats, sessions, names, policy, clock);
  }
}
