package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Notification.Status;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.store.CaptureStore.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages go out beside the steps, and no channel stands in another's way. */
@Timeout(60)
class MessengerTest extends MessengerFixture {
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
    assertThat(due(at(89), 10)).isEmpty();
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
  void aChannelThatAnotherInstanceMayHaveIsLeftToItForAnHour() throws Exception {
    Capture c = ended("web-01", "fax");
    tick();
    assertThat(message(c, 0).status()).isEqualTo(Status.PENDING);
    assertThat(message(c, 0).attempts()).isZero();
    assertThat(message(c, 0).nextTryAt()).isEqualTo(at(60));
    assertThat(message(c, 0).detail()).isEqualTo("not configured on this instance");
  }

  @Test
  void aChannelThatIsNoLongerConfiguredIsGivenUpAfterAnHour() throws Exception {
    Capture c = ended("web-01", "fax");
    clock.advance(Duration.ofMinutes(59));
    tick();
    assertThat(message(c, 0).status()).isEqualTo(Status.PENDING);
    clock.advance(Duration.ofHours(1));
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
          Notification claimed = message(c, 0).claimed("other", at(30));
          captures.save(stored, stored.capture().with(claimed), null, T0);
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
    assertThat(after.wakeAt()).isEqualTo(at(60));
    assertThat(after.notifications().get(0).status()).isEqualTo(Status.SENT);
  }

  @Test
  void newsOfTheStartLeavesTheCaptureDueForItsNextStep() throws Exception {
    Capture running = running();
    teams = (c, about, deadline) -> clock.advance(Duration.ofSeconds(9));
    tick();
    assertThat(due(at(9), 10)).containsExactly(running.id());
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
      try (ChannelQueues lanes = messenger().begin(call(), Messenger.RESPONSE_TIMEOUT)) {
        lanes.add(c);
        lanes.finish(TICK_TIMEOUT);
      }
      assertThat(captures.get(c.id()).orElseThrow().capture().wakeAt()).isEqualTo(at(5));
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
    assertThat(due(at(29), 10)).isEmpty();
    assertThat(due(at(30), 10)).containsExactly(c.id());
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
}
