package dev.alertcapture.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.simulator.SimulatedSession;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.traffic.Incident;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * How long after a capture's file is there people are told of it: the staged app with its timer's
 * real period, the simulator with Azure's times, and alerts at random times, all on the real clock.
 *
 * <p>Arguments: staged folder, alerts, minutes over which they come, seed. Exit code 0 where {@link
 * #USUALLY} holds for 95 % and {@link #ALWAYS} for all.
 */
public final class MessageDelay {
  private static final Duration USUALLY = Duration.ofSeconds(2);
  private static final Duration ALWAYS = Duration.ofSeconds(5);

  // The schedule of the app's own timer, which the local host takes as a number.
  private static final Duration TIMER_PERIOD = Duration.ofSeconds(15);
  private static final Duration LOOK_EVERY = Duration.ofMillis(25);
  private static final Duration LAST_CAPTURE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Instant> alerted = new ConcurrentHashMap<>();
  private final Map<String, Instant> there = new ConcurrentHashMap<>();
  private final Map<String, Instant> told = new ConcurrentHashMap<>();
  private final List<String> machines;

  private MessageDelay(int alerts) {
    this.machines = IntStream.range(0, alerts).mapToObj(i -> "delay-%03d".formatted(i)).toList();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    MessageDelay delay = new MessageDelay(Integer.parseInt(args[1]));
    Duration over = Duration.ofMinutes(Long.parseLong(args[2]));
    boolean good = delay.run(Path.of(args[0]), over, Long.parseLong(args[3]));
    System.exit(good ? 0 : 1);
  }

  private boolean run(Path stage, Duration over, long seed)
      throws IOException, InterruptedException {
    JsonNode anyMachine =
        new ObjectMapper().createObjectNode().put("unknownTargets", "westcentralus");
    try (Simulator azure = Simulator.start(SimulatorOptions.defaults().withInventory(anyMachine));
        Inbox inbox = Inbox.start((channel, message) -> tell(message));
        AppProcess app =
            AppProcess.start(stage, environment(azure, inbox), 0, TIMER_PERIOD, line -> {})) {
      Thread eye = new Thread(() -> watch(azure), "eye");
      eye.setDaemon(true);
      eye.start();
      Random random = new Random(seed);
      List<Long> times =
          machines.stream()
              .map(m -> (long) (random.nextDouble() * over.toNanos()))
              .sorted()
              .toList();
      long begin = System.nanoTime();
      for (int i = 0; i < machines.size(); i++) {
        while (System.nanoTime() - begin < times.get(i)) {
          LockSupport.parkNanos(times.get(i) - (System.nanoTime() - begin));
        }
        send(app.uri(), machines.get(i));
      }
      long end = System.nanoTime() + LAST_CAPTURE.toNanos();
      while (told.size() < machines.size() && System.nanoTime() < end) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
      return report(seed);
    }
  }

  private static Map<String, String> environment(Simulator azure, Inbox inbox) {
    Map<String, String> own = new HashMap<>();
    own.put("CAPTURE_TIME_LIMIT", "PT10S");
    own.put("CAPTURE_LIMIT", "100");
    return LocalRun.environment(own, azure.uri(), Map.of("webhook", inbox.uri("webhook")));
  }

  private void send(URI app, String machine) throws IOException, InterruptedException {
    Instant now = Instant.now();
    alerted.put(machine, now);
    int status =
        http.send(
                HttpRequest.newBuilder(app.resolve("/api/alerts"))
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            SampleAlert.of(Incident.BACKUP, SampleAlert.machine(machine), now)))
                    .build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status != 202) {
      throw new IOException("the alert of " + machine + " was answered " + status);
    }
  }

  private void tell(JsonNode message) {
    String text = message.toString();
    machines.stream()
        .filter(text::contains)
        .findFirst()
        .ifPresent(machine -> told.putIfAbsent(machine, Instant.now()));
  }

  /** Looks for the file of each session that has ended, as anybody with a token could. */
  private void watch(Simulator azure) {
    while (true) {
      for (SimulatedSession session : azure.sessions()) {
        String target = session.resource().at("/properties/target").asText();
        String machine = target.substring(target.lastIndexOf('/') + 1);
        String path = session.resource().at("/properties/storageLocation/storagePath").asText();
        if (session.state().equals("Stopped") && !there.containsKey(machine) && isThere(path)) {
          there.put(machine, Instant.now());
        }
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private boolean isThere(String path) {
    try {
      HttpRequest head =
          HttpRequest.newBuilder(URI.create(path))
              .header("Authorization", "Bearer nobody")
              .header("x-ms-version", "2021-12-02")
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build();
      return http.send(head, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean report(long seed) {
    List<String> whole =
        machines.stream().filter(m -> told.containsKey(m) && there.containsKey(m)).toList();
    List<Duration> delays =
        whole.stream().map(m -> Duration.between(there.get(m), told.get(m))).sorted().toList();
    List<Duration> since =
        whole.stream().map(m -> Duration.between(alerted.get(m), told.get(m))).sorted().toList();
    System.out.printf(
        Locale.ROOT, "%d alerts, %d told, seed %d%n", machines.size(), whole.size(), seed);
    row("from the file to the message", delays);
    row("from the alert to the message", since);
    System.out.println("delays: " + delays.stream().map(MessageDelay::seconds).toList());
    return whole.size() == machines.size()
        && at(delays, 0.95).compareTo(USUALLY) <= 0
        && at(delays, 1).compareTo(ALWAYS) <= 0;
  }

  private static void row(String name, List<Duration> sorted) {
    if (!sorted.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%-30s median %s s, 95 %% %s s, most %s s%n",
          name,
          seconds(at(sorted, 0.5)),
          seconds(at(sorted, 0.95)),
          seconds(at(sorted, 1)));
    }
  }

  /** The time that so much of all keep to. */
  private static Duration at(List<Duration> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  private static String seconds(Duration time) {
    return "%.2f".formatted(time.toMillis() / 1000.0);
  }
}
