package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.local.AppProcess;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two instances of the app as it is deployed, on one table, in a storm and with Azure in trouble.
 */
@Tag("ordeal")
class StormIT {
  private static final int DELIVERIES = 2000;
  private static final int TARGETS = 40;
  private static final int LIMIT = 10;
  private static final int AT_ONCE = 16;
  private static final int MAX_REQUESTS_PER_CAPTURE = 15;
  private static final int LEAST_TROUBLES = 50;
  private static final List<String> PATHS =
      List.of(
          "/virtualMachines/",
          "/networkWatchers$",
          "/packetCaptures$",
          "/packetCaptures/[^/]+$",
          "/queryStatus$",
          "/operations/",
          "/pcapstore/");

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void everyAlertHasOneCaptureAndTheLimitHoldsWhateverAzureAnswers() throws Exception {
    long seed = Seeds.given().orElseGet(System::nanoTime);
    System.out.println("storm with seed " + seed);
    Random random = new Random(seed);
    Random troubles = new Random(random.nextLong());
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE + 1);
    try (Ordeal ordeal = new Ordeal(TARGETS, LIMIT, Map.of());
        AppProcess first = ordeal.startApp();
        AppProcess second = ordeal.startApp()) {
      Future<Void> trouble = threads.submit(() -> makeTrouble(ordeal, troubles, over));
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(threads.submit(sender(ordeal, List.of(first, second), i, random.nextLong())));
      }
      for (Future<Void> each : all) {
        each.get();
      }
      System.out.println("sent: " + ordeal.summary());
      ordeal.awaitEnd(Duration.ofMinutes(4));
      over.set(true);
      trouble.get();
      System.out.println("ended: " + ordeal.summary());

      assertThat(ordeal.answers().keySet()).as("with seed " + seed).isSubsetOf(200, 202, 503);
      assertThat(ordeal.troubles()).isGreaterThan(LEAST_TROUBLES);
      ordeal.check();
      assertThat(ordeal.azure.requests().size())
          .isLessThan(MAX_REQUESTS_PER_CAPTURE * ordeal.all().size());
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  /** New alerts, some of them sent again to the other instance, and some of them resolved. */
  private static Callable<Void> sender(
      Ordeal ordeal, List<AppProcess> apps, int number, long seed) {
    Random random = new Random(seed);
    return () -> {
      String target = null;
      String key = null;
      for (int i = 0; i < DELIVERIES / AT_ONCE; i++) {
        int kind = random.nextInt(4);
        if (key == null || kind > 1) {
          target = ordeal.targets.get(random.nextInt(TARGETS));
          key = "alert-" + number + "-" + i;
        }
        String condition = kind == 1 ? "Resolved" : "Fired";
        ordeal.post(apps.get(random.nextInt(apps.size())), target, key, condition);
      }
      return null;
    };
  }

  /**
   * Some requests of each kind meet with trouble at any time. Answers how many faults there were.
   */
  private static Void makeTrouble(Ordeal ordeal, Random random, AtomicBoolean over) {
    while (!over.get()) {
      ordeal.azure.clearFaults();
      for (String path : PATHS) {
        if (random.nextInt(3) == 0) {
          ordeal.azure.addFault(fault(path, random).withTimes(1));
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    }
    ordeal.azure.clearFaults();
    return null;
  }

  private static Fault fault(String path, Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> Fault.answering(null, path, 429, "TooManyRequests");
      case 1 ->
          Fault.answering(null, path, 429, "TooManyRequests").withRetryAfter(1 + random.nextInt(3));
      case 2 -> Fault.answering(null, path, 500, "InternalServerError");
      case 3 -> Fault.answering(null, path, 503, "ServiceUnavailable");
      case 4 -> Fault.cutting(null, path, Fault.Cut.BEFORE);
      case 5 -> Fault.cutting(null, path, Fault.Cut.AFTER);
      default -> Fault.delaying(null, path, Duration.ofMillis(500 + random.nextInt(2500)));
    };
  }
}
