package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.PortException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/**
 * The messages of one tick, a lane to each channel: a thread that sends them one after another. A
 * channel that hangs or fails holds up its own lane alone; the rest of that lane is put off, and so
 * is whatever finds no time, so that the next tick's captures do not stand behind it.
 */
final class ChannelQueues implements AutoCloseable {
  private static final Comparator<Notification> ORDER =
      Comparator.comparingInt(Notification::attempts).thenComparing(Notification::since);

  private final Messenger messenger;
  private final Clock clock;
  private final Invocation call;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  ChannelQueues(Messenger messenger, Clock clock, Invocation call) {
    this.messenger = messenger;
    this.clock = clock;
    this.call = call;
  }

  /** Takes in a capture's messages that are due. */
  void add(Capture c) {
    for (Notification message : c.notifications()) {
      if (message.isDue(clock.instant())) {
        Lane lane = lanes.computeIfAbsent(message.channel(), name -> new Lane());
        lane.thread.execute(new Turn(lane, c.id(), message));
      }
    }
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

    void take(Turn turn) {
      try {
        boolean inTime = call.deadline().left().compareTo(Messenger.RESPONSE_TIMEOUT) >= 0;
        if (inTime && trouble == null) {
          Optional<PortException> met = messenger.send(turn.captureId(), turn.message(), call);
          trouble = met.orElse(null);
        } else {
          messenger.postpone(turn.captureId(), turn.message(), trouble, call);
        }
      } catch (RuntimeException e) {
        // One message's trouble is not the others'. Its claim runs out, and a later tick takes it.
        call.log().log(Level.WARNING, "a message of capture " + turn.captureId() + " broke off", e);
      }
    }
  }

  /** What has failed before lets the rest pass, so that one bad message can't block a lane. */
  private record Turn(Lane lane, String captureId, Notification message)
      implements Runnable, Comparable<Turn> {
    @Override
    public void run() {
      lane.take(this);
    }

    @Override
    public int compareTo(Turn other) {
      return ORDER.compare(message, other.message);
    }
  }
}
