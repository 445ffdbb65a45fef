package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fresh;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.vm;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.Captures.Stored;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages go out beside the steps, and no channel stands in another's way. */
@Timeout(60)
class MessengerTest {
  private static final Duration TICK_TIMEOUT = Duration.ofSeconds(30);

  private final RacingStore store = new RacingStore();
  private final Captures captures = new Captures(store, policy());
  private final MutableClock clock = new MutableClock(T0);
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final LogLines log = new LogLines();
  private Channel webhook = (c, about, deadline) -> sent.add("webhook " + c.target().name());
  private Channel teams = (c, about, deadline) -> sent.add("teams " + c.target().name());

  @Test
  void aChannelThatHangsHoldsUpNoOtherChannelAndNoOtherCapture() throws Exception {
    int count = 20;
    CountDownLatch othersAreTold = new CountDownLatch(count);
    webhook = (c, about, deadline) -> othersAreTold.countDown();
    teams =
        (c, about, deadline) -> {
          // It answers only when the other channel has told all: were it waited for, never.
          if (!await(othersAreTold)) {
            throw new AssertionError("the webhook waited for Teams");
          }
          sent.add("teams " + c.target().name());
        };
    for (int i = 0; i < count; i++) {
      ended("vm-" + i, "webhook", "teams");
    }

    tick();

    assertThat(sent).hasSize(count);
    assertThat(captures.newest(count)).allMatch(c -> is(c, Status.SENT));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aChannelThatFailedIsLeftAloneForTheRestOfTheTick() throws Exception {
    teams =
        (c, about, deadline) -> {
          sent.add("teams " + c.target().name());
          throw PortException.unavailable("answered 500", null);
        };
    for (int i = 0; i < 5; i++) {
      ended("vm-" + i, "webhook", "teams");
    }

    tick();

    assertThat(sent.stream().filter(each -> each.startsWith("teams"))).hasSize(1);
    assertThat(sent.stream().filter(each -> each.startsWith("webhook"))).hasSize(5);
    List<Notification> all = of("teams");
    assertThat(all).allMatch(message -> message.status() == Status.PENDING);
    assertThat(all)
        .filteredOn(message -> message.attempts() == 1)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.detail()).isEqualTo("answered 500");
              assertThat(message.nextTryAt()).isEqualTo(at(5));
            });
    assertThat(all)
        .filteredOn(message -> message.attempts() == 0)
        .hasSize(4)
        .allSatisfy(
            message -> {
              assertThat(message.detail()).isEqualTo("not tried, the one before it: answered 500");
              assertThat(message.nextTryAt()).isEqualTo(at(60));
            });
    assertThat(captures.due(at(4), 10)).as("nothing stands before what is due next").isEmpty();
    assertThat(captures.due(at(5), 10)).hasSize(1);
  }

  @Test
  void whatHasNotFailedYetIsTriedBeforeWhatHas() throws Exception {
    Capture bad = ended("bad", "teams");
    teams =
        (c, about, deadline) -> {
          sent.add(c.target().name());
          if (c.target().name().equals("bad")) {
            throw PortException.unavailable("answered 500", null);
          }
        };
    tick();
    clock.advance(Duration.ofSeconds(5));
    // A lane begins with what comes first, and takes the best of what has come by then.
    CountDownLatch queued = new CountDownLatch(1);
    Capture first = ended("first", "teams");
    ended("good-1", "teams");
    ended("good-2", "teams");
    Channel then = teams;
    teams =
        (c, about, deadline) -> {
          if (c.target().name().equals("first")) {
            await(queued);
          }
          then.send(c, about, deadline);
        };
    sent.clear();

    try (ChannelQueues lanes = messenger().begin(call())) {
      lanes.add(first);
      lanes.add(captures.get(bad.id()).orElseThrow().capture());
      captures.newest(10).stream()
          .filter(c -> c.target().name().startsWith("good"))
          .forEach(lanes::add);
      queued.countDown();
      lanes.finish(TICK_TIMEOUT);
    }

    assertThat(sent).startsWith("first").endsWith("bad").hasSize(4);
  }

  @Test
  void withoutTheTimeForAnAnswerAMessageIsPutOff() throws Exception {
    Capture c = ended("web-01", "webhook");
    Invocation late = call();
    nanos.addAndGet(Duration.ofSeconds(16).toNanos());

    tick(late);

    assertThat(sent).isEmpty();
    assertThat(message(c, 0).nextTryAt()).isEqualTo(at(60));
    assertThat(message(c, 0).detail()).isNull();
  }

  @Test
  void retryAfterIsKeptAlsoForTheOthers() throws Exception {
    teams =
        (c, about, deadline) -> {
          throw PortException.unavailable("answered 429", Duration.ofSeconds(90));
        };
    ended("vm-1", "teams");
    ended("vm-2", "teams");
    tick();
    assertThat(of("teams")).extracting(Notification::nextTryAt).containsOnly(at(90));
    assertThat(captures.due(at(89), 10)).isEmpty();
  }

  @Test
  void aRefusalIsForGoodAndLeavesTheOthersTheirTurn() throws Exception {
    teams =
        (c, about, deadline) -> {
          if (c.target().name().equals("vm-1")) {
            throw PortException.refused(Reason.REFUSED, "answered 413");
          }
          sent.add("teams " + c.target().name());
        };
    ended("vm-1", "teams");
    ended("vm-2", "teams");
    tick();
    assertThat(sent).containsExactly("teams vm-2");
    assertThat(of("teams"))
        .extracting(Notification::status)
        .containsExactlyInAnyOrder(Status.GIVEN_UP, Status.SENT);
    assertThat(log.of(Level.WARNING))
        .singleElement()
        .asString()
        .contains("event=message", "channel=teams", "status=GIVEN_UP", "text=\"answered 413\"");
  }

  @Test
  void aChannelThatIsNoLongerConfiguredIsGivenUp() throws Exception {
    Capture c = ended("web-01", "fax");
    tick();
    assertThat(message(c, 0).status()).isEqualTo(Status.GIVEN_UP);
    assertThat(message(c, 0).detail()).isEqualTo("no longer configured");
  }

  @Test
  void aMessageThatSomebodyElseSendsIsNotSentTwice() throws Exception {
    Capture c = ended("web-01", "webhook");
    store.beforeNextCommit(
        () -> {
          Stored stored = captures.get(c.id()).orElseThrow();
          Notification claimed = message(c, 0).claimed(at(30));
          captures.save(stored, Steps.after(stored.capture(), claimed), T0);
        });
    tick();
    assertThat(sent).isEmpty();
    assertThat(message(c, 0).status()).isEqualTo(Status.PENDING);
  }

  @Test
  void aStepThatIsTakenMeanwhileLosesNothingAndKeepsItsClaim() throws Exception {
    Capture running = running();
    webhook = (c, about, deadline) -> claim(c.id());
    tick();
    Capture after = captures.get(running.id()).orElseThrow().capture();
    assertThat(after.dueAt()).isEqualTo(at(60));
    assertThat(after.notifications().get(0).status()).isEqualTo(Status.SENT);
  }

  @Test
  void newsOfTheStartLeavesTheCaptureDueForItsNextStep() throws Exception {
    Capture running = running();
    teams = (c, about, deadline) -> clock.advance(Duration.ofSeconds(9));
    tick();
    assertThat(captures.due(at(9), 10)).containsExactly(running.id());
  }

  @Test
  void whateverTheOrderTheNextTryIsWhenTheChannelThatFailedWantsIt() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    for (boolean last : List.of(true, false)) {
      Capture c = ended("vm-" + last, "webhook", "teams");
      CountDownLatch first = new CountDownLatch(1);
      CountDownLatch claimed = new CountDownLatch(2);
      webhook =
          (capture, about, deadline) -> {
            claimed.countDown();
            await(last ? claimed : failed);
            first.countDown();
          };
      teams =
          (capture, about, deadline) -> {
            claimed.countDown();
            await(last ? first : claimed);
            failed.countDown();
            throw PortException.unavailable("answered 500", null);
          };
      try (ChannelQueues lanes = messenger().begin(call())) {
        lanes.add(c);
        lanes.finish(TICK_TIMEOUT);
      }
      assertThat(captures.get(c.id()).orElseThrow().capture().dueAt()).isEqualTo(at(5));
    }
  }

  @Test
  void whoeverDiesWhileSendingIsFollowedAfterHalfAMinute() throws Exception {
    Capture c = ended("web-01", "webhook");
    webhook =
        (capture, about, deadline) -> {
          store.beforeNextCommit(
              () -> {
                throw new StoreException("dies here", null);
              });
        };
    tick();
    assertThat(message(c, 0).status()).isEqualTo(Status.PENDING);
    assertThat(captures.due(at(29), 10)).isEmpty();
    assertThat(captures.due(at(30), 10)).containsExactly(c.id());
    assertThat(log.of(Level.WARNING)).anyMatch(line -> line.contains("broke off"));
  }

  @Test
  void aMessageThatItsChannelCanNotWriteIsPutOffLikeOneThatFailedAndHoldsUpNone() throws Exception {
    webhook =
        (c, about, deadline) -> {
          if (c.target().name().equals("bad")) {
            throw new IllegalStateException("hunter2");
          }
          sent.add(c.target().name());
        };
    Capture bad = ended("bad", "webhook");
    ended("good", "webhook");
    tick();
    assertThat(message(bad, 0))
        .isEqualTo(
            new Notification(
                "webhook",
                CaptureState.FAILED,
                Status.PENDING,
                1,
                at(5),
                T0,
                "could not be sent, IllegalStateException"));
    assertThat(sent).containsExactly("good");
    assertThat(log.of(Level.WARNING)).hasSize(1);
  }

  private void claim(String id) {
    while (true) {
      try {
        Stored stored = captures.get(id).orElseThrow();
        captures.save(stored, stored.capture().due(at(60)), T0);
        return;
      } catch (Conflict lost) {
        // The other channel's message was saved meanwhile.
      }
    }
  }

  private Messenger messenger() {
    Map<String, Channel> channels = Map.of("webhook", webhook, "teams", teams);
    return new Messenger(captures, new Steps(policy()), channels, clock);
  }

  private void tick() throws InterruptedException {
    tick(call());
  }

  private void tick(Invocation call) throws InterruptedException {
    try (ChannelQueues lanes = messenger().begin(call)) {
      captures.newest(50).forEach(lanes::add);
      lanes.finish(TICK_TIMEOUT);
    }
  }

  private Invocation call() {
    return new Invocation(Deadline.in(Duration.ofSeconds(25), nanos::get), log.logger());
  }

  /** A capture that has failed without ever having a session, with news for some channels. */
  private Capture ended(String name, String... channels) throws Conflict {
    CaptureDraft draft =
        draft(vm(name))
            .cause(Reason.TARGET_NOT_FOUND, "404")
            .enter(CaptureState.FAILED, clock.instant(), "failed");
    for (String channel : channels) {
      draft.tell(channel, clock.instant());
    }
    return insert(draft);
  }

  private Capture running() throws Conflict {
    return insert(
        draft(VM)
            .session(CaptureFixture.running())
            .enter(CaptureState.RUNNING, T0, "runs")
            .nextPollAt(at(9))
            .tell("webhook", T0)
            .tell("teams", T0));
  }

  private static CaptureDraft draft(Target target) {
    return CaptureDraft.of(fresh(CaptureId.next(T0, new java.util.Random()), target));
  }

  private Capture insert(CaptureDraft draft) throws Conflict {
    Capture c = draft.dueAt(clock.instant()).done();
    captures.insert(c, captures.target(c.target()), TargetRecord.EMPTY.taken(c.id()));
    return c;
  }

  private List<Notification> of(String channel) {
    return captures.newest(50).stream()
        .flatMap(c -> c.notifications().stream())
        .filter(message -> message.channel().equals(channel))
        .toList();
  }

  private Notification message(Capture c, int index) {
    return captures.get(c.id()).orElseThrow().capture().notifications().get(index);
  }

  private static boolean is(Capture c, Status status) {
    return c.notifications().stream().allMatch(message -> message.status() == status);
  }
}
