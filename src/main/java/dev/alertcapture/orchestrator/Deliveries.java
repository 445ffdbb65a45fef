package dev.alertcapture.orchestrator;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.CaptureId;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import dev.alertcapture.target.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The last deliveries, whatever came of them: Azure's "Test action group" targets a made-up
 * resource, and here people see that it arrived all the same. One row each, newest first, so that
 * no two deliveries stand in each other's way; the timer removes the old ones.
 */
public final class Deliveries {
  private static final int MAX_KEPT = 20;

  private final CaptureStore store;
  private final Clock clock;
  private final RandomGenerator random;

  Deliveries(CaptureStore store, Clock clock, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /**
   * One delivery.
   *
   * @param schema null where the body is no alert
   * @param rule the alert rule's name, null where the body is no alert
   * @param targets as the alert named them, at most 20
   * @param outcome accepted, ignored, refused (no alert) or lost (not put on record)
   * @param reason why nothing was started, else null
   * @param captures ids of the captures that answer it, which say what became of it
   */
  public record Delivery(
      Instant at,
      String schema,
      String rule,
      List<String> targets,
      String outcome,
      String reason,
      List<String> captures) {
    public Delivery {
      captures = captures == null ? List.of() : List.copyOf(captures);
    }
  }

  /** An alert, and what came of it. */
  public void add(Alert alert, Answer answer) {
    List<String> targets =
        Stream.concat(alert.targets().stream().map(Target::id), alert.others().stream())
            .limit(MAX_KEPT)
            .toList();
    String outcome =
        !answer.lost().isEmpty() ? "lost" : answer.captures().isEmpty() ? "ignored" : "accepted";
    String reason = answer.ignored().isEmpty() ? null : answer.ignored().get(0).reason();
    List<String> ids =
        answer.captures().stream().map(CaptureOrchestrator.Taken::id).limit(MAX_KEPT).toList();
    Alert.Details what = alert.what();
    add(new Delivery(clock.instant(), what.schema(), what.rule(), targets, outcome, reason, ids));
  }

  /** What was no alert, and why. */
  public void addRefused(String why) {
    add(new Delivery(clock.instant(), null, null, List.of(), "refused", why, List.of()));
  }

  private void add(Delivery delivery) {
    String key = "a:" + CaptureId.next(delivery.at(), random);
    try {
      store.commit(List.of(new Write.Insert(key, RowJson.write(delivery))));
    } catch (Conflict e) {
      throw new IllegalStateException("two deliveries drew the same 40 random bits", e);
    }
  }

  /** The last 20, newest first. */
  public List<Delivery> last() {
    return rows(MAX_KEPT).stream()
        .flatMap(row -> RowJson.read(row.value(), Delivery.class).stream())
        .toList();
  }

  private List<Row> rows(int limit) {
    return store.scan("a:", "a;", limit);
  }

  /** Removes those that nobody will see any more, some each time. */
  void prune() {
    List<Row> rows = rows(MAX_KEPT + CaptureStore.MAX_WRITES);
    if (rows.size() <= MAX_KEPT) {
      return;
    }
    try {
      store.commit(
          rows.subList(MAX_KEPT, rows.size()).stream()
              .map(row -> new Write.Delete(row.key(), null))
              .toList());
    } catch (Conflict e) {
      // Another instance's timer removes them at the same time.
    }
  }
}
