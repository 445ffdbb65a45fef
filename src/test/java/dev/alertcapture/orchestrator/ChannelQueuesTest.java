package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Notification.Status;
import dev.alertcapture.capture.PortException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChannelQueuesTest extends MessengerFixture {
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
    assertThat(captures.newest(count).captures()).allMatch(c -> is(c, Status.SENT));
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
    assertThat(due(at(4), 10)).as("nothing stands before what is due next").isEmpty();
    assertThat(due(at(5), 10)).hasSize(1);
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

    try (ChannelQueues lanes = messenger().begin(call(), Messenger.RESPONSE_TIMEOUT)) {
      lanes.add(first);
      lanes.add(captures.get(bad.id()).orElseThrow().capture());
      captures.newest(10).captures().stream()
          .filter(c -> c.target().name().startsWith("good"))
          .forEach(lanes::add);
      queued.countDown();
      lanes.finish(TICK_TIMEOUT);
    }

    assertThat(sent).startsWith("first").endsWith("bad").hasSize(4);
  }

  @Test
  void withoutTheTimeForAnAnswerAMessageIsTheNextTicksAndAnOldOneIsPutOff() throws Exception {
    Capture c = ended("web-01", "webhook");
    Invocation late = call();
    nanos.addAndGet(Duration.ofSeconds(16).toNanos());

    tick(late);
    assertThat(message(c, 0).nextTryAt()).as("due as before").isEqualTo(T0);

    clock.advance(Duration.ofMinutes(2));
    tick(late);

    assertThat(sent).isEmpty();
    assertThat(message(c, 0).nextTryAt()).isEqualTo(at(180));
    assertThat(message(c, 0).detail()).isNull();
  }
}
