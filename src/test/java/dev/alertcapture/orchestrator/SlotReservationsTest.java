package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.WATCHER;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fresh;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Observation.NameInUse;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Task;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.orchestrator.SlotLedger.Slot;
import dev.alertcapture.orchestrator.TargetRecords.StoredLedger;
import dev.alertcapture.orchestrator.TargetRecords.StoredTarget;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Three slots a region, unless a test says otherwise. */
class SlotReservationsTest {
  private final RacingStore store = new RacingStore();
  private final CapturePolicy policy = policy(3);
  private final FakeSessions azure = new FakeSessions();
  private final MutableClock clock = new MutableClock(T0);
  private final AtomicLong nanos = new AtomicLong();
  private final EngineParts parts = TestParts.of(store, policy, azure, clock);
  private final Captures captures = parts.captures;
  private final SlotReservations reservations = parts.reservations;

  @Test
  void theIntentIsOnRecordBeforeThePut() throws Exception {
    clock.advance(Duration.ofSeconds(5));
    Stored held = held(reserve(requested("a")).get(0)).stored();
    Capture c = held.capture();
    assertThat(c.state()).isEqualTo(CaptureState.STARTING);
    assertThat(c.session())
        .isEqualTo(new Session(name("a"), WATCHER, Phase.INTENDED, null, at(5), null, null, null));
    assertThat(c.wakeAt()).isEqualTo(at(65));
    assertThat(captures.get(id("a"))).contains(held);
    assertThat(parts.index.until(at(65), 10)).extracting(DueIndex.Due::id).containsExactly(id("a"));
    assertThat(ledger().ledger())
        .isEqualTo(SlotLedger.EMPTY.withWatcher(WATCHER).with(new Slot(name("a"), id("a"), at(5))));
  }

  @Test
  void whatIsListedAndWhatIsHeldCountTogether() throws Exception {
    azure.add("somebody-elses", vm("x").id());
    hold("held", T0);
    List<Reservation> outcomes = reserve(requested("a"), requested("b"));
    assertThat(outcomes.get(0)).isInstanceOf(Reservation.Held.class);
    assertThat(outcomes.get(1))
        .isEqualTo(new Reservation.Full("3 sessions: " + name("a") + ", held, somebody-elses"));
    assertThat(captures.get(id("b")).orElseThrow().capture().state())
        .isEqualTo(CaptureState.REQUESTED);
  }

  @Test
  void aSessionThatIsListedAndHeldCountsOnce() throws Exception {
    azure.add("one", vm("x").id());
    hold("one", T0);
    assertThat(reserve(requested("a"), requested("b")))
        .allMatch(r -> r instanceof Reservation.Held);
  }

  @Test
  void manyHoldersAreNotAllNamed() throws Exception {
    Stream.of("g", "f", "e", "d", "c", "b", "a").forEach(name -> azure.add(name, vm(name).id()));
    assertThat(reserve(requested("z")).get(0))
        .isEqualTo(new Reservation.Full("7 sessions: a, b, c, d, e and 2 more"));
  }

  @Test
  void aSlotThatAListMustShowNoLongerCounts() throws Exception {
    for (String name : List.of("1", "2", "3")) {
      hold(name, T0);
    }
    clock.advance(Duration.ofMinutes(2));
    assertThat(reserve(requested("a")).get(0)).isInstanceOf(Reservation.Full.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(reserve(stored("a")).get(0)).isInstanceOf(Reservation.Held.class);
    assertThat(ledger().ledger().slots()).extracting(Slot::name).containsExactly(name("a"));
  }

  @Test
  void aCaptureThatHoldsASlotReservesItAgainAtTheLimit() throws Exception {
    hold(name("a"), T0);
    azure.add("1", vm("x").id());
    azure.add("2", vm("y").id());
    clock.advance(Duration.ofSeconds(60));
    assertThat(reserve(requested("a")).get(0)).isInstanceOf(Reservation.Held.class);
    assertThat(ledger().ledger().slots()).containsExactly(new Slot(name("a"), id("a"), at(60)));
  }

  @Test
  void aNameInUseIsReportedAndHoldsNoSlot() throws Exception {
    azure.add(name("a").toUpperCase(Locale.ROOT), vm("a").id());
    List<Reservation> outcomes = reserve(requested("a"), requested("b"));
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            Reservation.Denied.class,
            denied ->
                assertThat(denied.why())
                    .isInstanceOfSatisfying(
                        NameInUse.class,
                        inUse -> assertThat(inUse.watcherId()).isEqualTo(WATCHER)));
    assertThat(outcomes.get(1)).isInstanceOf(Reservation.Held.class);
    assertThat(ledger().ledger().slots()).extracting(Slot::name).containsExactly(name("b"));
  }

  @Test
  void slotsThatOthersTookMeanwhileCountWithoutAnotherList() throws Exception {
    azure.add("listed", vm("x").id());
    Stored[] both = {requested("a"), requested("b")};
    store.beforeNextCommit(() -> hold("1", T0));
    List<Reservation> outcomes = reserve(both);
    assertThat(outcomes.get(0)).isInstanceOf(Reservation.Held.class);
    assertThat(outcomes.get(1)).isInstanceOf(Reservation.Full.class);
    assertThat(azure.lists()).isEqualTo(1);
    assertThat(ledger().ledger().slots()).extracting(Slot::name).containsExactly("1", name("a"));
  }

  @Test
  void aListThatIsTenSecondsOldIsAskedForAgain() throws Exception {
    Stored a = requested("a");
    store.beforeNextCommit(
        () -> {
          hold("1", T0);
          azure.add("1", vm("x").id());
          azure.add("2", vm("y").id());
          azure.add("3", vm("z").id());
          clock.advance(Duration.ofSeconds(10));
        });
    assertThat(reserve(a).get(0)).isInstanceOf(Reservation.Full.class);
    assertThat(azure.lists()).isEqualTo(2);
  }

  @Test
  void aListThatTookTenSecondsIsAskedForAgain() throws Exception {
    azure.onList(
        () -> {
          clock.advance(Duration.ofSeconds(10));
          azure.onList(() -> {});
        });
    assertThat(reserve(requested("a")).get(0)).isInstanceOf(Reservation.Held.class);
    assertThat(azure.lists()).isEqualTo(2);
  }

  @Test
  void aCaptureThatSomebodyElseHasIsLeftOut() throws Exception {
    Stored a = requested("a");
    Stored b = requested("b");
    store.beforeNextCommit(() -> captures.save(a, a.capture().with(Task.due(at(99))), null, T0));
    List<Reservation> outcomes = reserve(a, b);
    assertThat(outcomes.get(0)).isInstanceOf(Reservation.Lost.class);
    assertThat(outcomes.get(1)).isInstanceOf(Reservation.Held.class);
    assertThat(ledger().ledger().slots()).extracting(Slot::name).containsExactly(name("b"));
    assertThat(captures.get(id("a")).orElseThrow().capture().wakeAt()).isEqualTo(at(99));
  }

  @Test
  void aWatcherIsLookedUpOnce() throws Exception {
    reserve(requested("a"));
    reserve(requested("b"));
    assertThat(azure.calls()).containsExactly("watcher", "list " + WATCHER, "list " + WATCHER);
  }

  @Test
  void aWatcherThatIsGoneIsLookedUpAgain() throws Exception {
    reserve(requested("a"));
    azure.watcher = "/another";
    assertThat(held(reserve(requested("b")).get(0)).stored().capture().session().watcherId())
        .isEqualTo("/another");
    assertThat(ledger().ledger().watcherId()).isEqualTo("/another");
    assertThat(ledger().ledger().slots()).hasSize(2);
  }

  @Test
  void aRegionWithoutWatcherIsRefused() throws Exception {
    reserve(requested("a"));
    azure.watcher = null;
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> reserve(requested("b")))
        .extracting(PortException::reason)
        .isEqualTo(Reason.NO_WATCHER);
  }

  @Test
  void aWatcherThatIsNamedAndNotThereIsRefused() throws Exception {
    FakeSessions wrong =
        new FakeSessions() {
          @Override
          public Optional<List<Seen>> list(String watcherId, Deadline deadline) {
            return Optional.empty();
          }
        };
    SlotReservations lost = TestParts.of(store, policy, wrong, clock).reservations;
    List<SlotRequest> batch = List.of(request(requested("a"), in(30)));
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> lost.reserve(batch, call(in(30))))
        .extracting(PortException::reason)
        .isEqualTo(Reason.NO_WATCHER);
  }

  @Test
  void aPutBeginsWithinTwentySecondsAndItsOwnDeadline() throws Exception {
    Deadline putBy = held(reserve(requested("a")).get(0)).putBy();
    assertThat(putBy.left()).isEqualTo(Duration.ofSeconds(20));
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    assertThat(putBy.passed()).isTrue();
    SlotRequest hasty = request(requested("b"), in(3));
    reservations.reserve(List.of(hasty), call(in(30)));
    assertThat(held(hasty.answer()).putBy().left()).isEqualTo(Duration.ofSeconds(3));
  }

  private List<Reservation> reserve(Stored... all) throws PortException {
    List<SlotRequest> batch = Stream.of(all).map(s -> request(s, in(30))).toList();
    reservations.reserve(batch, call(in(30)));
    return batch.stream().map(SlotRequest::answer).toList();
  }

  private SlotRequest request(Stored stored, Deadline deadline) {
    Claims.Held held = new Claims.Held(stored, CaptureFixture.TOKEN, deadline);
    return new SlotRequest(held, reservations.nameOf(stored.capture()), deadline);
  }

  private static Reservation.Held held(Reservation reservation) {
    assertThat(reservation).isInstanceOf(Reservation.Held.class);
    return (Reservation.Held) reservation;
  }

  private static Invocation call(Deadline deadline) {
    return new Invocation(deadline, Logger.getAnonymousLogger());
  }

  private Deadline in(long seconds) {
    return Deadline.in(Duration.ofSeconds(seconds), nanos::get);
  }

  private Stored requested(String name) throws Conflict {
    StoredTarget target = parts.targets.of(vm(name), clock.instant());
    return captures.insert(fresh(id(name), vm(name)), target, target.record().taken(id(name)));
  }

  private Stored stored(String name) {
    return captures.get(id(name)).orElseThrow();
  }

  private static String id(String name) {
    return "00000000000000000000" + name;
  }

  private String name(String vm) {
    return new SessionNaming("alert-", store.identity()).of(vm(vm));
  }

  private StoredLedger ledger() {
    return parts.targets.ledger(RowKeys.ledger("s1", "westus"), clock.instant());
  }

  private void hold(String name, Instant since) throws Conflict {
    StoredLedger ledger = ledger();
    Slot slot = new Slot(name, "somebody", since);
    store.commit(List.of(ledger.write(ledger.ledger().withWatcher(WATCHER).with(slot))));
  }
}
