package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fresh;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.vm;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureDraft;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CaptureId;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Notification.Status;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Task;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.LogLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A messenger over channels that a test replaces, and captures with news for them. */
abstract class MessengerFixture {
  static final Duration TICK_TIMEOUT = Duration.ofSeconds(30);

  final RacingStore store = new RacingStore();
  final MutableClock clock = new MutableClock(T0);
  final EngineParts parts = TestParts.of(store, policy(), new FakeSessions(), clock);
  final Captures captures = parts.captures;
  final AtomicLong nanos = new AtomicLong();
  final List<String> sent = new CopyOnWriteArrayList<>();
  final LogLines log = new LogLines();
  Channel webhook = (c, about, deadline) -> sent.add("webhook " + c.target().name());
  Channel teams = (c, about, deadline) -> sent.add("teams " + c.target().name());

  void claim(String id) {
    while (true) {
      try {
        Stored stored = captures.get(id).orElseThrow();
        captures.save(
            stored,
            stored.capture().with(stored.capture().step().claimed("other", at(60))),
            null,
            T0);
        return;
      } catch (Conflict lost) {
        // The other channel's message was saved meanwhile.
      }
    }
  }

  Messenger messenger() {
    Map<String, Channel> channels = Map.of("webhook", webhook, "teams", teams);
    return TestParts.of(
            store, policy(), new FakeSessions(), clock, time -> {}, channels, "messenger")
        .messenger;
  }

  void tick() throws InterruptedException {
    tick(call());
  }

  void tick(Invocation call) throws InterruptedException {
    try (ChannelQueues lanes = messenger().begin(call, Messenger.RESPONSE_TIMEOUT)) {
      captures.newest(50).captures().forEach(lanes::add);
      lanes.finish(TICK_TIMEOUT);
    }
  }

  Invocation call() {
    return new Invocation(Deadline.in(Duration.ofSeconds(25), nanos::get), log.logger());
  }

  /** A capture that has failed without ever having a session, with news for some channels. */
  Capture ended(String name, String... channels) throws Conflict {
    CaptureDraft draft =
        draft(vm(name))
            .cause(Reason.TARGET_NOT_FOUND, "404")
            .enter(CaptureState.FAILED, clock.instant(), "failed");
    for (String channel : channels) {
      draft.tell(channel, clock.instant());
    }
    return insert(draft);
  }

  Capture running() throws Conflict {
    return insert(
        draft(VM)
            .session(CaptureFixture.running())
            .enter(CaptureState.RUNNING, T0, "runs")
            .stepAt(at(9))
            .tell("webhook", T0)
            .tell("teams", T0));
  }

  static CaptureDraft draft(Target target) {
    return CaptureDraft.of(fresh(CaptureId.next(T0, new java.util.Random()), target));
  }

  Capture insert(CaptureDraft draft) throws Conflict {
    // Its step is a matter of its own, and far away.
    Capture c = draft.done();
    c = c.with(Task.due(c.state().isActive() ? c.step().at() : at(100_000)));
    captures.insert(
        c, parts.targets.of(c.target(), clock.instant()), TargetRecord.EMPTY.taken(c.id()));
    return c;
  }

  List<Notification> of(String channel) {
    return captures.newest(50).captures().stream()
        .flatMap(c -> c.notifications().stream())
        .filter(message -> message.channel().equals(channel))
        .toList();
  }

  Notification message(Capture c, int index) {
    return captures.get(c.id()).orElseThrow().capture().notifications().get(index);
  }

  static boolean is(Capture c, Status status) {
    return c.notifications().stream().allMatch(message -> message.status() == status);
  }

  static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  List<String> due(Instant now, int limit) {
    return parts.index.until(now, limit).stream().map(DueIndex.Due::id).toList();
  }
}
