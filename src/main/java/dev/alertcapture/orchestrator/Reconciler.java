package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.CaptureId;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.orchestrator.DueIndex.Due;
import dev.alertcapture.store.StoreTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;

/**
 * What the timer does: takes each capture that is due as far as it gets, and stays awake for what
 * will be due before the timer comes again.
 */
public final class Reconciler {
  /** How often the timer comes, at the full quarters of a minute. */
  public static final Duration PERIOD = Duration.ofSeconds(15);

  // What other instances add to the index while a tick stays is seen after that.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  // A timer may come a little early; the occurrence that it came for is not the next.
  private static final Duration EARLY = Duration.ofSeconds(1);

  // A call that stands in for the timer has an answer of its own to give.
  private static final int MAX_STOOD_IN_FOR = 10;
  private static final Duration STAND_IN_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration STAND_IN_MESSAGE = Duration.ofSeconds(1);

  // One page of a table.
  private static final int MAX_DUE_READ = 1000;

  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final Duration INDEX_CHECK_PERIOD = Duration.ofHours(1);

  private final Captures captures;
  private final DueIndex index;
  private final Heartbeats heartbeats;
  private final Deliveries deliveries;
  private final StepRunner runner;
  private final Messenger messenger;
  private final Clock clock;
  private final Pause pause;
  private Instant indexCheckedAt;

  Reconciler(
      Captures captures,
      DueIndex index,
      Heartbeats heartbeats,
      Deliveries deliveries,
      StepRunner runner,
      Messenger messenger,
      Clock clock,
      Pause pause) {
    this.captures = captures;
    this.index = index;
    this.heartbeats = heartbeats;
    this.deliveries = deliveries;
    this.runner = runner;
    this.messenger = messenger;
    this.clock = clock;
    this.pause = pause;
    this.indexCheckedAt = clock.instant();
  }

  /**
   * One tick. What it does not get to before the deadline waits for the next; no thread outlives it
   * by more than a request's time-out.
   */
  public void tick(Invocation call) throws InterruptedException {
    StoreTime.<Void, InterruptedException>within(
        DueWork.timeLeft(call),
        () -> {
          heartbeats.timer(clock.instant());
          deliveries.prune();
          checkIndex(call);
          try (ChannelQueues messages = messenger.begin(call, Messenger.RESPONSE_TIMEOUT);
              DueWork work = new DueWork(index, runner, messages, clock, call)) {
            Set<Due> before = Set.of();
            while (before != null) {
              before = round(work, before, call);
            }
            finish(work, messages, call);
          }
          return null;
        });
  }

  /**
   * Takes on what is due, or waits for what will be.
   *
   * @param before what was due at the last look
   * @return what was due now; null where there is no reason to look again
   */
  private Set<Due> round(DueWork work, Set<Due> before, Invocation call)
      throws InterruptedException {
    Instant now = clock.instant();
    List<Due> all = index.until(nextOccurrence(now), MAX_DUE_READ);
    List<Due> due = all.stream().filter(each -> !each.at().isAfter(now)).toList();
    boolean any = work.take(inOrder(due, now));
    boolean idle = work.await(earlier(LOOK_EVERY, call.deadline().left()));
    Set<Due> rows = Set.copyOf(due);
    Duration time;
    if (any || !idle) {
      // What does not get on is not looked at without a pause.
      time = idle && rows.equals(before) ? LOOK_EVERY : Duration.ZERO;
    } else if (due.size() < all.size()) {
      time = earlier(LOOK_EVERY, Duration.between(now, all.get(due.size()).at()));
    } else {
      return null;
    }
    // What is taken on has a message to send, which is to find its time in this tick.
    Duration left = call.deadline().left().minus(Messenger.RESPONSE_TIMEOUT);
    if (left.compareTo(time) <= 0) {
      return null;
    }
    if (!time.isZero()) {
      pause.of(time);
    }
    return rows;
  }

  private static Instant nextOccurrence(Instant now) {
    long period = PERIOD.toMillis();
    return Instant.ofEpochMilli((now.plus(EARLY).toEpochMilli() / period + 1) * period);
  }

  private static Duration earlier(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static void finish(DueWork work, ChannelQueues messages, Invocation call)
      throws InterruptedException {
    boolean unused = work.await(DueWork.timeLeft(call));
    messages.finish(DueWork.timeLeft(call));
  }

  /**
   * Carries some captures on in place of a timer that has stayed away; does nothing where it comes.
   * For calls that have time left, and an answer that does not depend on it.
   */
  public void standIn(Invocation call) throws InterruptedException {
    Invocation brief = new Invocation(call.deadline().within(STAND_IN_TIMEOUT), call.log());
    try {
      if (!heartbeats.timerIsLate(clock.instant())) {
        return;
      }
      List<Due> due = due();
      call.log().log(
          Level.SEVERE,
          "the timer has not come for {0} s: this call carries on what is due, {1} captures at most"
              + " (docs/troubleshooting.md, \"The alarm rings\")",
          new Object[] {Heartbeats.MAX_AGE.toSeconds(), MAX_STOOD_IN_FOR});
      try (ChannelQueues messages = messenger.begin(brief, STAND_IN_MESSAGE);
          DueWork work = new DueWork(index, runner, messages, clock, brief)) {
        List<Due> some = due.subList(0, Math.min(MAX_STOOD_IN_FOR, due.size()));
        boolean unused = work.take(some) && work.await(brief.deadline().left());
      }
    } catch (RuntimeException | Error e) {
      call.log().log(Level.WARNING, "nothing carried on in place of the timer", e);
    }
  }

  private List<Due> due() {
    Instant now = clock.instant();
    return inOrder(index.until(now, MAX_DUE_READ), now);
  }

  /**
   * What is due: captures that may be active first, the others and the forgetting of old ones last.
   */
  private List<Due> inOrder(List<Due> due, Instant now) {
    Set<Due> all = new LinkedHashSet<>(due);
    if (all.size() == MAX_DUE_READ) {
      // A backlog must not hide what has become due just now.
      all.addAll(index.since(now.minus(RECENT), now, MAX_DUE_READ));
    }
    List<Due> young = new ArrayList<>();
    List<Due> old = new ArrayList<>();
    for (Due each : all) {
      // What is older has a message at the most, or is to be forgotten.
      (CaptureId.mayBeActive(each.id(), now) ? young : old).add(each);
    }
    young.addAll(old);
    return young;
  }

  /** Once an hour: captures that lost their row of the index are found again. */
  private void checkIndex(Invocation call) {
    Instant now = clock.instant();
    if (indexCheckedAt.plus(INDEX_CHECK_PERIOD).isAfter(now)) {
      return;
    }
    indexCheckedAt = now;
    Captures.Listing newest = captures.newest(MAX_DUE_READ);
    int restored =
        index.restore(newest.captures().stream().filter(c -> c.state().isActive()).toList());
    if (restored > 0) {
      call.log().log(Level.WARNING, "{0} active captures were not in the index", restored);
    }
    if (!newest.unreadable().isEmpty()) {
      call.log().log(
          Level.WARNING,
          "captures that this version can''t read, and leaves alone: {0}",
          newest.unreadable());
    }
  }
}
