package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.collecting;
import static dev.alertcapture.capture.CaptureFixture.completed;
import static dev.alertcapture.capture.CaptureFixture.failed;
import static dev.alertcapture.capture.CaptureFixture.following;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.requested;
import static dev.alertcapture.capture.CaptureFixture.running;
import static dev.alertcapture.capture.CaptureFixture.starting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Action.DeleteSession;
import dev.alertcapture.capture.Action.FindRegion;
import dev.alertcapture.capture.Action.FollowOperation;
import dev.alertcapture.capture.Action.Forget;
import dev.alertcapture.capture.Action.LookAtFile;
import dev.alertcapture.capture.Action.LookForSession;
import dev.alertcapture.capture.Action.QueryStatus;
import dev.alertcapture.capture.Action.Start;
import dev.alertcapture.capture.Action.Stay;
import dev.alertcapture.capture.Action.StopSession;
import dev.alertcapture.capture.Action.Wait;
import dev.alertcapture.capture.Capture.Stop;
import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a capture needs next: one row, one situation. Times are seconds after it began. */
class StepsNextTest {
  private static final long DAY = Duration.ofDays(1).toSeconds();
  private static final long MONTH = 30 * DAY;

  record Row(String says, Capture capture, long seconds, Action expected) {
    @Override
    public String toString() {
      return says;
    }
  }

  private static Row row(String says, Capture capture, long seconds, Action expected) {
    return new Row(says, capture, seconds, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"beforeItRuns", "whileItRuns", "afterItsEnd"})
  void aCaptureNeeds(Row row) {
    assertThat(new Steps(policy()).next(row.capture(), at(row.seconds())))
        .isEqualTo(row.expected());
  }

  static List<Row> beforeItRuns() {
    return List.of(
        row("no region: ask for it", requested(c -> c.region = null), 0, new FindRegion()),
        row("region known: start", requested(c -> {}), 0, new Start()),
        row("left-over session: delete it", requested(Phase.STALE), 0, new DeleteSession()),
        row(
            "deletion accepted: see it gone",
            requested(Phase.STALE_DELETED),
            0,
            new LookForSession()),
        row("2 s to wait: stay", requested(look(2)), 0, new Stay(at(2))),
        row("3 s to wait: leave it to the timer", requested(look(3)), 0, new Wait(at(3))),
        row("the wait is over to the second", requested(look(3)), 3, new Start()),
        row("intent on record: look first", starting(Phase.INTENDED), 0, new LookForSession()),
        row("looked for and not there: start", starting(Phase.ABSENT), 0, new Start()),
        row("PUT accepted: follow it", following(), 0, new FollowOperation()),
        row("found, no operation: look", starting(Phase.ACCEPTED), 0, new LookForSession()),
        row("starting, 1 s to wait: stay", waiting(following(), 1), 0, new Stay(at(1))),
        row("starting, 10 s to wait", waiting(following(), 10), 0, new Wait(at(10))));
  }

  static List<Row> whileItRuns() {
    return List.of(
        row("running: ask how it fares", running(c -> {}), 0, new QueryStatus()),
        row("running: never stay", running(look(1)), 0, new Wait(at(1))),
        row("to be stopped", running(stop(null)), 0, new StopSession()),
        row("told to stop: ask whether it did", running(stop(at(0))), 0, new QueryStatus()),
        row(
            "told to stop: give it time",
            running(stop(at(0)).andThen(look(9))),
            0,
            new Wait(at(9))),
        row("news of the start is no step", running(started(9)), 1, new Wait(at(9))),
        row("news of the start can wait", running(started(9)), 9, new QueryStatus()),
        row("a stop comes first", running(stop(null).andThen(started(0))), 0, new StopSession()),
        row("news to be tried again is no step", running(again(9)), 4, new Wait(at(9))),
        row("news to be tried again after a look", running(again(3)), 2, new Wait(at(3))),
        row("collecting: look", collecting(null), 0, new LookAtFile()),
        row("collecting: never stay", waiting(collecting(null), 1), 0, new Wait(at(1))));
  }

  static List<Row> afterItsEnd() {
    Consumer<CaptureEdit> told = c -> c.notifications.add(message().sent());
    Consumer<CaptureEdit> due = c -> c.notifications.add(message());
    Consumer<CaptureEdit> again = c -> c.notifications.add(message().failed("503", null, at(0)));
    Consumer<CaptureEdit> givenUp = c -> c.notifications.add(message().refused("410"));
    return List.of(
        row("the session does not wait for news", failed(due), 0, new DeleteSession()),
        row("news alone is no step", failed(gone().andThen(due)), 9, new Wait(at(MONTH))),
        row(
            "the first was told, not the second",
            completed(told.andThen(due)),
            1,
            new Wait(at(300))),
        row("another try later", completed(gone().andThen(again)), 4, new Wait(at(MONTH))),
        row("another try now", completed(gone().andThen(again)), 7, new Wait(at(MONTH))),
        row("given up", completed(gone().andThen(givenUp)), 5, new Wait(at(MONTH))),
        row("completed: the session stays", completed(told), 299, new Wait(at(300))),
        row("completed: its time is over", completed(told), 300, new DeleteSession()),
        row("failed: the session goes at once", failed(told), 0, new DeleteSession()),
        row("deletion failed: later", failed(told.andThen(look(8))), 7, new Wait(at(8))),
        row("deletion failed: again", failed(told.andThen(look(8))), 8, new DeleteSession()),
        row("a try before the deletion", completed(again), 0, new Wait(at(300))),
        row("the intent alone counts", ended(Phase.INTENDED), 0, new DeleteSession()),
        row("the left-over one goes too", ended(Phase.STALE), 0, new DeleteSession()),
        row("session gone", completed(gone()), 300, new Wait(at(MONTH))),
        row("session kept", ended(Phase.KEPT), 300, new Wait(at(MONTH))),
        row("never had one", rejected(), 0, new Wait(at(MONTH))),
        row("history to the last second", rejected(), MONTH - 1, new Wait(at(MONTH))),
        row("history over", rejected(), MONTH, new Forget()),
        row("history over, given up", completed(gone().andThen(givenUp)), MONTH, new Forget()));
  }

  @Test
  void aShortHistoryForgetsNoSessionAndNoMessage() {
    Steps steps = new Steps(policy(Duration.ZERO));
    Consumer<CaptureEdit> again = c -> c.notifications.add(message().failed("503", null, at(0)));
    assertThat(steps.next(completed(c -> {}), at(1))).isEqualTo(new Wait(at(300)));
    assertThat(steps.next(failed(look(8)), at(1))).isEqualTo(new Wait(at(8)));
    assertThat(steps.next(completed(gone().andThen(again)), at(1))).isEqualTo(new Wait(at(3601)));
    assertThat(steps.next(completed(gone()), at(1))).isEqualTo(new Forget());
  }

  private static Consumer<CaptureEdit> look(long seconds) {
    return c -> c.stepAt(at(seconds));
  }

  private static Consumer<CaptureEdit> started(long nextPollAt) {
    Notification news = Notification.due("webhook", CaptureState.RUNNING, T0);
    return look(nextPollAt).andThen(c -> c.notifications.add(news));
  }

  private static Consumer<CaptureEdit> again(long nextPollAt) {
    Notification news = Notification.due("webhook", CaptureState.RUNNING, T0);
    return look(nextPollAt).andThen(c -> c.notifications.add(news.failed("503", null, T0)));
  }

  private static Consumer<CaptureEdit> stop(java.time.Instant sentAt) {
    return c -> c.stop = new Stop("a person", T0, sentAt);
  }

  private static Consumer<CaptureEdit> gone() {
    return c -> c.session = c.session.in(Phase.GONE);
  }

  private static Capture ended(Phase phase) {
    return failed(c -> c.session = CaptureFixture.session(phase));
  }

  private static Capture rejected() {
    return CaptureFixture.in(CaptureState.REJECTED, null, c -> {});
  }

  private static Capture waiting(Capture capture, long seconds) {
    CaptureEdit edit = capture.edit();
    edit.stepAt(at(seconds));
    return edit.done();
  }

  private static Notification message() {
    return Notification.due("webhook", CaptureState.COMPLETED, T0);
  }
}
