package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Notification.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a message is tried again, and when it is given up. */
class NotificationTest {
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  /** One try that failed: how often it was tried before, and what is planned after it. */
  record Try(int before, long now, Long retryAfter, Status status, long nextTryAt) {}

  static List<Try> tries() {
    return List.of(
        new Try(0, 1, null, Status.PENDING, 6),
        new Try(1, 10, null, Status.PENDING, 20),
        new Try(9, 100, null, Status.PENDING, 100 + 5 * 512),
        new Try(10, 100, null, Status.PENDING, 100 + HOUR),
        new Try(90, 100, null, Status.PENDING, 100 + HOUR),
        new Try(0, 1, 30L, Status.PENDING, 31),
        new Try(0, 1, 1L, Status.PENDING, 6),
        new Try(30, DAY - HOUR, null, Status.PENDING, DAY),
        new Try(30, DAY - HOUR + 1, null, Status.GIVEN_UP, DAY + 1));
  }

  @ParameterizedTest
  @MethodSource("tries")
  void aTryThatFailedIsFollowedByAnother(Try row) {
    Notification message =
        tried(row.before()).failed("answered 503", seconds(row.retryAfter()), at(row.now()));
    assertThat(message.status()).isEqualTo(row.status());
    assertThat(message.nextTryAt()).isEqualTo(at(row.nextTryAt()));
    assertThat(message.attempts()).isEqualTo(row.before() + 1);
    assertThat(message.detail()).isEqualTo("answered 503");
  }

  /** One that did not have its turn, and when it has the next. */
  record Postponed(long now, Long retryAfter, Status status, long nextTryAt) {}

  static List<Postponed> postponements() {
    return List.of(
        new Postponed(0, null, Status.PENDING, 60),
        new Postponed(120, null, Status.PENDING, 180),
        new Postponed(600, null, Status.PENDING, 900),
        new Postponed(5 * HOUR, null, Status.PENDING, 6 * HOUR),
        new Postponed(10, 300L, Status.PENDING, 310),
        new Postponed(10, 5L, Status.PENDING, 70),
        new Postponed(10, 2 * DAY, Status.PENDING, 10 + HOUR),
        new Postponed(DAY - HOUR + 1, null, Status.GIVEN_UP, DAY + 1));
  }

  @ParameterizedTest
  @MethodSource("postponements")
  void oneWithoutItsTurnWaitsLongerTheOlderItIs(Postponed row) {
    Notification message =
        tried(3).postponed("not tried", seconds(row.retryAfter()), at(row.now()));
    assertThat(message.status()).isEqualTo(row.status());
    assertThat(message.nextTryAt()).isEqualTo(at(row.nextTryAt()));
    assertThat(message.attempts()).as("it was no try").isEqualTo(3);
  }

  @Test
  void whatWasSentOrRefusedIsNotDueAgain() {
    Notification sent = tried(2).sent();
    Notification refused = tried(2).refused("answered 404");
    assertThat(List.of(sent, refused)).noneMatch(message -> message.isDue(at(DAY)));
    assertThat(List.of(sent, refused)).allMatch(message -> message.attempts() == 3);
    assertThat(sent.detail()).isNull();
    assertThat(refused.status()).isEqualTo(Status.GIVEN_UP);
    assertThat(refused.detail()).isEqualTo("answered 404");
  }

  private static Notification tried(int attempts) {
    return new Notification(
        "webhook", CaptureState.COMPLETED, Status.PENDING, attempts, T0, T0, "answered 500");
  }

  private static Duration seconds(Long number) {
    return number == null ? null : Duration.ofSeconds(number);
  }
}
