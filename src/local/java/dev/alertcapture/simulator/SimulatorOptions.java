package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;

/**
 * What a simulator is started with.
 *
 * @param port on loopback; 0 takes any free one
 * @param clock the only source of time: all state follows from it
 * @param inventory merged into the default inventory; null for the default alone
 * @param sessionLimit sessions per watcher that are not being deleted; Azure's own is 10,000
 *     (docs/design/azure.md, "Errors and limits")
 * @param retryAfter what every answer about an operation asks for, in whole seconds; Azure's own is
 *     10 s (docs/design/azure.md, "Operations")
 */
public record SimulatorOptions(
    int port,
    Clock clock,
    Timings timings,
    JsonNode inventory,
    int sessionLimit,
    Duration retryAfter) {

  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        0, Clock.systemUTC(), Timings.azure(), null, 10_000, Duration.ofSeconds(10));
  }

  public SimulatorOptions withPort(int value) {
    return new SimulatorOptions(value, clock, timings, inventory, sessionLimit, retryAfter);
  }

  public SimulatorOptions withClock(Clock value) {
    return new SimulatorOptions(port, value, timings, inventory, sessionLimit, retryAfter);
  }

  public SimulatorOptions withTimings(Timings value) {
    return new SimulatorOptions(port, clock, value, inventory, sessionLimit, retryAfter);
  }

  public SimulatorOptions withInventory(JsonNode value) {
    return new SimulatorOptions(port, clock, timings, value, sessionLimit, retryAfter);
  }

  public SimulatorOptions withSessionLimit(int value) {
    return new SimulatorOptions(port, clock, timings, inventory, value, retryAfter);
  }

  public SimulatorOptions withRetryAfter(Duration value) {
    return new SimulatorOptions(port, clock, timings, inventory, sessionLimit, value);
  }
}
