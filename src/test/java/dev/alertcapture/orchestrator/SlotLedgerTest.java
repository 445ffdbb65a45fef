package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.WATCHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.orchestrator.SlotLedger.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlotLedgerTest {

  /** A slot's age when the list was begun, in milliseconds, and whether it still counts. */
  record Age(long millis, boolean counts) {}

  static List<Age> ages() {
    return List.of(
        new Age(-1000, true),
        new Age(0, true),
        new Age(119_999, true),
        new Age(120_000, true),
        new Age(120_001, false),
        new Age(3_600_000, false));
  }

  @ParameterizedTest
  @MethodSource("ages")
  void aSlotCountsUntilAListMustShowItsSession(Age age) {
    SlotLedger ledger = ledger(slot("a", 0));
    SlotLedger asOf = ledger.asOf(T0.plusMillis(age.millis()), List.of());
    assertThat(asOf.inUse(List.of()).contains("a")).isEqualTo(age.counts());
    assertThat(asOf.watcherId()).isEqualTo(WATCHER);
  }

  /** Names held, names listed, names that count. */
  record Count(List<String> held, List<String> listed, Set<String> expected) {}

  static List<Count> counts() {
    return List.of(
        new Count(List.of(), List.of(), Set.of()),
        new Count(List.of("a"), List.of(), Set.of("a")),
        new Count(List.of(), List.of("x", "y"), Set.of("x", "y")),
        new Count(List.of("a", "b"), List.of("x"), Set.of("a", "b", "x")),
        new Count(List.of("a", "b"), List.of("b", "x"), Set.of("a", "b", "x")));
  }

  @ParameterizedTest
  @MethodSource("counts")
  void aSessionThatIsHeldAndListedCountsOnce(Count row) {
    SlotLedger ledger = SlotLedger.EMPTY;
    for (String name : row.held()) {
      ledger = ledger.with(slot(name, 0));
    }
    assertThat(ledger.inUse(row.listed())).isEqualTo(row.expected());
  }

  @Test
  void aSlotIsRenewedUnderItsName() {
    SlotLedger ledger = SlotLedger.EMPTY.with(slot("a", 0)).with(slot("b", 0)).with(slot("a", 60));
    assertThat(ledger.slots()).containsExactly(slot("b", 0), slot("a", 60));
    assertThat(ledger.asOf(T0.plusSeconds(150), List.of()).slots()).containsExactly(slot("a", 60));
  }

  @Test
  void aSlotIsGivenBackByItsCaptureOnly() {
    SlotLedger ledger = ledger(slot("a", 0), slot("b", 0));
    assertThat(ledger.without("a", "capture-of-a").slots()).containsExactly(slot("b", 0));
    assertThat(ledger.without("a", "a-later-capture").slots()).hasSize(2);
  }

  @Test
  void aSessionThatLeavesNoLongerCountsThoughItIsListed() {
    SlotLedger ledger = ledger().deleted("a", "capture-of-a", T0);
    assertThat(ledger.inUse(List.of("a", "x"))).containsExactly("x");
  }

  @Test
  void aNameThatIsUsedAgainCountsAgain() {
    SlotLedger ledger = ledger().deleted("a", "capture-of-a", T0).with(slot("a", 9));
    assertThat(ledger.inUse(List.of("a"))).containsExactly("a");
  }

  /** Seconds from a deletion to a list, whether the list shows it, whether it is remembered. */
  record Departure(long seconds, boolean listed, boolean remembered) {}

  static List<Departure> departures() {
    return List.of(
        new Departure(5, true, true),
        new Departure(5, false, false),
        new Departure(-5, false, true),
        new Departure(599, true, true),
        new Departure(600, true, false));
  }

  @ParameterizedTest
  @MethodSource("departures")
  void aDeletionIsRememberedWhileAListMayShowIt(Departure row) {
    SlotLedger ledger = ledger().deleted("a", "capture-of-a", T0);
    List<String> listed = row.listed() ? List.of("a") : List.of();
    assertThat(ledger.asOf(T0.plusSeconds(row.seconds()), listed).deleted())
        .hasSize(row.remembered() ? 1 : 0);
  }

  @Test
  void anotherWatcherKeepsTheSlots() {
    SlotLedger ledger = ledger(slot("a", 0)).withWatcher(null);
    assertThat(ledger).isEqualTo(SlotLedger.EMPTY.with(slot("a", 0)));
  }

  @Test
  void aLedgerIsReadAsItWasWritten() {
    SlotLedger ledger = ledger(slot("a", 7)).deleted("b", "capture-of-b", T0);
    assertThat(RowJson.read(RowJson.write(ledger), SlotLedger.class)).contains(ledger);
    assertThat(RowJson.read("{}", SlotLedger.class)).contains(SlotLedger.EMPTY);
  }

  private static SlotLedger ledger(Slot... slots) {
    return new SlotLedger(WATCHER, List.of(slots), List.of(), null, Map.of());
  }

  private static Slot slot(String name, long seconds) {
    return new Slot(name, "capture-of-" + name, T0.plus(Duration.ofSeconds(seconds)));
  }
}
