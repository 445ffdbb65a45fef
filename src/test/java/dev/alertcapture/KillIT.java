package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.local.AppProcess;
import dev.alertcapture.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The app as it is deployed, on a table, killed again and again while alerts come in. */
@Tag("ordeal")
class KillIT {
  private static final int KILLS = 30;
  private static final int LONGEST_LIFE_MS = 4000;
  private static final int LIMIT = 6;
  private static final int SENDERS = 3;

  // A kill can leave a capture under a claim of 60 s; then it has to wait for its slot as well.
  private static final Duration QUIET_END = Duration.ofMinutes(4);

  /** The last alert that was taken on each target. */
  private final Map<String, String> last = new ConcurrentHashMap<>();

  private final AtomicReference<AppProcess> app = new AtomicReference<>();

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void everyAlertHasOneCaptureThatCompletesHoweverOftenTheAppIsKilled() throws Exception {
    long seed = Seeds.given().orElseGet(System::nanoTime);
    System.out.println("kills with seed " + seed);
    Random random = new Random(seed);
    try (Ordeal ordeal = new Ordeal(24, LIMIT, Map.of("CAPTURE_QUEUE_TIMEOUT", "PT30M"))) {
      app.set(ordeal.startApp());
      ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
      try {
        List<Future<Integer>> sent = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
          sent.add(senders.submit(sender(ordeal, i, new Random(random.nextLong()))));
        }
        for (int i = 0; i < KILLS; i++) {
          LockSupport.parkNanos(random.nextInt(LONGEST_LIFE_MS) * 1_000_000L);
          app.get().kill();
          app.set(ordeal.startApp());
        }
        System.out.println("killed: " + ordeal.summary());
        senders.shutdownNow();
        int alerts = 0;
        for (Future<Integer> each : sent) {
          alerts += each.get();
        }
        assertThat(alerts).isGreaterThan(ordeal.targets.size());
        ordeal.awaitEnd(QUIET_END);
        // Sent once more, an alert has the capture that it had.
        last.forEach((target, key) -> sendUntilTaken(ordeal, target, key));
        System.out.println(alerts + " alerts: " + ordeal.summary());
      } finally {
        senders.shutdownNow();
        app.get().close();
      }

      ordeal.check();
      assertThat(ordeal.all())
          .as("with seed " + seed)
          .extracting(Capture::state)
          .containsOnly(CaptureState.COMPLETED);
    }
  }

  /** Sends new alerts until it is interrupted; each until it is taken, and some once more. */
  private Callable<Integer> sender(Ordeal ordeal, int number, Random random) {
    return () -> {
      int alerts = 0;
      while (!Thread.interrupted()) {
        String target = ordeal.targets.get(random.nextInt(ordeal.targets.size()));
        String key = "alert-" + number + "-" + alerts++;
        sendUntilTaken(ordeal, target, key);
        last.put(target, key);
        if (random.nextInt(4) == 0) {
          sendUntilTaken(ordeal, target, key);
        }
        LockSupport.parkNanos(random.nextInt(600) * 1_000_000L);
      }
      return alerts;
    };
  }

  private void sendUntilTaken(Ordeal ordeal, String target, String key) {
    boolean interrupted = false;
    while (true) {
      try {
        int status = ordeal.post(app.get(), target, key, "Fired");
        if (status == 202) {
          break;
        }
        assertThat(status).isIn(0, 503);
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      } catch (InterruptedException e) {
        // The end has come; but what was begun is sent until it is taken.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
