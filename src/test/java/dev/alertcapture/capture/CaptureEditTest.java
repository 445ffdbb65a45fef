package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.details;
import static dev.alertcapture.capture.CaptureFixture.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture.Entry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaptureEditTest {
  private final Capture old = fresh("0000000000000000000aa", VM);

  @Test
  void whatIsNotChangedStays() {
    Capture full = FullCapture.full();
    assertThat(full.edit().done()).isEqualTo(full);
  }

  @Test
  void historyHasAtMost50LinesTheFirst10AndTheNewest() {
    CaptureEdit edit = old.edit();
    for (int i = 1; i < 50; i++) {
      edit.note(at(i), "line " + i);
    }
    assertThat(edit.done().history()).hasSize(50);
    for (int i = 50; i < 80; i++) {
      edit.note(at(i), "line " + i);
    }
    List<Entry> history = edit.done().history();
    assertThat(history).hasSize(50);
    assertThat(history.subList(0, 10)).isEqualTo(firstTen());
    assertThat(history.get(10).note()).isEqualTo("line 40");
    assertThat(history.get(49).note()).isEqualTo("line 79");
  }

  private List<Entry> firstTen() {
    return IntStream.range(0, 10)
        .mapToObj(
            i ->
                i == 0
                    ? old.history().get(0)
                    : new Entry(at(i), CaptureState.REQUESTED, "line " + i))
        .toList();
  }

  @Test
  void allJoinsAreCountedAndTheLast10Kept() {
    Capture c = old;
    for (int i = 1; i <= 12; i++) {
      c = c.edit().join(details("alert-" + i)).done();
    }
    assertThat(c.joins().count()).isEqualTo(12);
    assertThat(c.joins().last())
        .extracting(Alert.Details::key)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(3, 12).mapToObj(i -> "alert-" + i).toList());
  }

  @Test
  void aStateIsEnteredAfresh() {
    CaptureEdit edit = old.edit();
    edit.consecutiveFailures = 4;
    edit.waiting = "10 sessions";
    edit.stepAt(at(99));
    Capture c = edit.enter(CaptureState.STARTING, at(7), "slot reserved").done();
    assertThat(c.state()).isEqualTo(CaptureState.STARTING);
    assertThat(c.stateSince()).isEqualTo(at(7));
    assertThat(c.step().at()).isEqualTo(at(7));
    assertThat(c.consecutiveFailures()).isZero();
    assertThat(c.waiting()).isNull();
    assertThat(c.history())
        .last()
        .isEqualTo(new Entry(at(7), CaptureState.STARTING, "slot reserved"));
  }

  @Test
  void anEditLeavesTheOldOneAlone() {
    old.edit().join(details("alert-2")).note(at(1), "a line").done();
    assertThat(old).isEqualTo(fresh("0000000000000000000aa", VM));
  }

  @Test
  void aStepAtAnotherTimeIsTheOnlyChange() {
    Capture c = old.with(Task.due(at(5)));
    assertThat(c.wakeAt()).isEqualTo(at(5));
    assertThat(c.with(old.step())).isEqualTo(old);
  }
}
