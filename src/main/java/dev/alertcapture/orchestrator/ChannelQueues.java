package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.store.StoreTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/**
 * The messages of one call, a lane to each channel: a thread that sends them one after another. A
 * channel that hangs or fails holds up its own lane alone; what stands behind it is put off, and so
 * is whatever finds no time, so that the next tick's captures do not stand behind it.
 */
final class ChannelQueues implements AutoCloseable {
  private static final Comparator<Notification> ORDER =
      Comparator.comparingInt(Notification::attempts).thenComparing(Notification::since);

  // Until the message that failed may be tried again.
  private static final Duration LEFT_ALONE_FOR = Duration.ofSeconds(5);

  // What is younger and finds no time is the next call's, at once.
  private static final Duration YOUNG = Duration.ofMinutes(1);

  private final Messenger messenger;
  private final Clock clock;
  private final Invocation call;
  private final Duration least;
  private final UnderWay underWay = new UnderWay();
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  ChannelQueues(Messenger messenger, Clock clock, Invocation call, Duration least) {
    this.messenger = messenger;
    this.clock = clock;
    this.call = call;
    this.least = least;
  }

  /** Takes in a capture's messages that are due. */
  void add(Capture c) {
    for (Notification message : c.notifications()) {
      if (message.isDue(clock.instant())) {
        Lane lane = lanes.computeIfAbsent(message.channel(), name -> new Lane());
        underWay.begin();
        lane.thread.execute(new Turn(lane, c.id(), message, underWay));
      }
    }
  }

  /** Waits until no message waits for its turn; whether that is so. */
  boolean await(Duration time) throws InterruptedException {
    return underWay.await(time);
  }

  /** Waits until each message has had its turn, as long as that may take. */
  void finish(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    lanes.values().forEach(lane -> lane.thread.shutdown());
    for (Lane lane : lanes.values()) {
      // What it is told is said by each message on its capture.
      boolean unused = lane.thread.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    lanes.values().forEach(lane -> lane.thread.shutdownNow());
  }

  private final class Lane {
    // It ends with its queue, so that a step which comes late leaves none behind.
    private final ThreadPoolExecutor thread =
        new ThreadPoolExecutor(0, 1, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>());
    // Of its own thread.
    private PortException trouble;
    private Instant leftAloneUntil = Instant.MIN;

    void bounded(Turn turn) {
      StoreTime.within(
          DueWork.timeLeft(call),
          () -> {
            take(turn);
            return null;
          });
    }

    private void take(Turn turn) {
      try {
        boolean inTime = call.deadline().left().compareTo(least) >= 0;
        boolean leftAlone = clock.instant().isBefore(leftAloneUntil);
        if (inTime && !leftAlone) {
          Optional<PortException> met = messenger.send(turn.captureId(), turn.message(), call);
          trouble = met.orElse(null);
          leftAloneUntil = met.isEmpty() ? Instant.MIN : clock.instant().plus(LEFT_ALONE_FOR);
        } else if (leftAlone || turn.message().since().isBefore(clock.instant().minus(YOUNG))) {
          messenger.postpone(turn.captureId(), turn.message(), trouble, call);
        }
      } catch (RuntimeException | Error e) {
        // One message's trouble is not the others'. Its claim runs out, and a later tick takes it.
        call.log().log(Level.WARNING, "a message of capture " + turn.captureId() + " broke off", e);
      }
    }
  }

  /** What has failed before lets the rest pass, so that one bad message can't block a lane. */
  private record Turn(Lane lane, String captureId, Notification message, UnderWay underWay)
      implements Runnable, Comparable<Turn> {
    @Override
    public void run() {
      try {
        lane.bounded(this);
      } finally {
        underWay.end();
      }
    }

    @Override
    public int compareTo(Turn other) {
      return ORDER.compare(message, other.message);
    }
  }
}
