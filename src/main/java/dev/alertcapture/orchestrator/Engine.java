package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Base32;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Targets;
import dev.alertcapture.store.CaptureStore;
import java.time.Clock;
import java.util.Map;
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
    EngineParts parts =
        new EngineParts(
            store,
            policy,
            ports,
            destinations,
            channels,
            clock,
            pause,
            random,
            () -> Base32.token(random));
    return new Engine(
        new CaptureOrchestrator(
            parts.acceptance, parts.instances, parts.captures, parts.runner, policy, clock),
        new Reconciler(
            parts.captures,
            parts.index,
            parts.heartbeats,
            parts.deliveries,
            parts.runner,
            parts.messenger,
            clock,
            pause),
        parts.deliveries,
        parts.status);
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
