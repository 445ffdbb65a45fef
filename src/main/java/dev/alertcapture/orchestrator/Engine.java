package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Base32;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.capture.Targets;
import dev.alertcapture.store.CaptureStore;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What carries captures out, and its one door: over a store, the ports to Azure and the channels to
 * people. Any number of engines, in any number of processes, may share a store.
 *
 * <pre>{@code
 * Engine engine = Engine.of(store, policy, ports, destinations, channels, clock, pause, random);
 * engine.orchestrator().answer(alert, call); // what the webhook asks
 * engine.reconciler().tick(call); // what the timer asks
 * }</pre>
 */
public final class Engine {
  private final CaptureOrchestrator orchestrator;
  private final Reconciler reconciler;
  private final Deliveries deliveries;
  private final Status status;

  /** The ports to Azure. */
  public record Ports(Targets targets, Sessions sessions, Files files) {}

  private Engine(
      CaptureOrchestrator orchestrator,
      Reconciler reconciler,
      Deliveries deliveries,
      Status status) {
    this.orchestrator = orchestrator;
    this.reconciler = reconciler;
    this.deliveries = deliveries;
    this.status = status;
  }

  /**
   * An engine over the given parts. Makes no request.
   *
   * @param channels by the name that messages on record have
   * @param pause how a short wait is waited
   * @param random makes ids, and the times between tries
   */
  public static Engine of(
      CaptureStore store,
      CapturePolicy policy,
      Ports ports,
      Destinations destinations,
      Map<String, Channel> channels,
      Clock clock,
      Pause pause,
      RandomGenerator random) {
    Supplier<String> tokens = () -> Base32.token(random);
    TargetRecords targets = new TargetRecords(store, tokens);
    Captures captures = new Captures(store, targets, policy);
    Heartbeats heartbeats = new Heartbeats(store);
    Deliveries deliveries = new Deliveries(store, clock, random);
    Steps steps = new Steps(policy);
    Claims claims = new Claims(captures, steps, clock, tokens);
    SessionNaming names = new SessionNaming(policy.namePrefix(), store.identity());
    SessionDeletion deletion = new SessionDeletion(captures, claims, ports.sessions(), clock);
    Orphans orphans = new Orphans(store, captures, targets, ports.sessions(), names, clock, tokens);
    RoomMaker rooms = new RoomMaker(captures, targets, claims, deletion, orphans, names, clock);
    SlotQueue slots =
        new SlotQueue(
            new SlotReservations(
                store, targets, claims, ports.sessions(), rooms, names, policy, clock));
    ActionExecutor executor = new ActionExecutor(ports, destinations, pause);
    StepRunner runner = new StepRunner(captures, claims, steps, slots, deletion, executor, clock);
    Acceptance acceptance = new Acceptance(store, captures, targets, claims, policy, clock, random);
    Messenger messenger = new Messenger(captures, channels, clock, tokens);
    DueIndex index = new DueIndex(store, captures);
    return new Engine(
        new CaptureOrchestrator(acceptance, captures, runner, policy, clock),
        new Reconciler(captures, index, heartbeats, deliveries, runner, messenger, clock),
        deliveries,
        new Status(store, captures, targets, heartbeats, ports.sessions(), policy, clock));
  }

  /** Answers alerts, and what people ask of captures. */
  public CaptureOrchestrator orchestrator() {
    return orchestrator;
  }

  /** Carries captures on. */
  public Reconciler reconciler() {
    return reconciler;
  }

  /** What was posted lately. */
  public Deliveries deliveries() {
    return deliveries;
  }

  /** How store, timer, slots and channels are. */
  public Status status() {
    return status;
  }
}
