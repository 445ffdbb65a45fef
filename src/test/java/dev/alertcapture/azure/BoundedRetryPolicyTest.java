package dev.alertcapture.azure;

import static dev.alertcapture.arm.ArmFixture.WATCHER;
import static dev.alertcapture.arm.ArmFixture.WEB_01;
import static dev.alertcapture.arm.ArmFixture.plan;
import static dev.alertcapture.arm.ArmFixture.sessions;
import static dev.alertcapture.arm.ArmFixture.soon;
import static dev.alertcapture.arm.ArmFixture.trouble;
import static dev.alertcapture.arm.ArmFixture.veryShort;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.arm.ArmFixture;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.testing.StubServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedRetryPolicyTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ArmFixture azure = new ArmFixture();

  @AfterEach
  void close() {
    azure.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aPassingErrorIsTriedThreeTimesInAll(int status) {
    azure.simulator.addFault(Fault.answering("GET", "packetCaptures", status, "Busy"));
    PortException trouble = trouble(() -> azure.sessions.list(WATCHER, soon()));
    assertThat(trouble.detail()).contains(status + " Busy");
    assertThat(azure.simulator.requests()).hasSize(3);
  }

  @Test
  void theSecondTryMayDo() throws PortException {
    azure.simulator.addFault(
        Fault.answering("GET", "packetCaptures", 503, "Busy").withRetryAfter(0).withTimes(1));
    assertThat(azure.sessions.list(WATCHER, soon())).isPresent();
    assertThat(azure.simulator.requests()).hasSize(2);
  }

  @Test
  void aLongRetryAfterIsTheCallersToKeep() {
    azure.simulator.addFault(
        Fault.answering("GET", "packetCaptures", 429, "Busy").withRetryAfter(2));
    assertThat(trouble(() -> azure.sessions.list(WATCHER, soon())).retryAfter())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(azure.simulator.requests()).hasSize(1);
  }

  @Test
  void aShortRetryAfterThatTheDeadlineDoesNotAllowIsTheCallersToo() {
    azure.simulator.addFault(
        Fault.answering("GET", "packetCaptures", 429, "Busy").withRetryAfter(1));
    Deadline still = Deadline.in(Duration.ofMillis(990), () -> 0);
    assertThat(trouble(() -> azure.sessions.list(WATCHER, still)).retryAfter())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(azure.simulator.requests()).hasSize(1);
  }

  @Test
  void nothingIsSentAfterTheDeadline() {
    Deadline passed = Deadline.in(Duration.ZERO, System::nanoTime);
    PortException trouble = trouble(() -> azure.sessions.list(WATCHER, passed));
    assertThat(trouble.reason()).isNull();
    assertThat(trouble.detail()).contains("no time left");
    assertThat(azure.simulator.requests()).isEmpty();
  }

  @Test
  void nothingIsTriedAgainAfterTheDeadline() {
    azure.simulator.addFault(Fault.answering("GET", "packetCaptures", 503, "Busy"));
    // An hour goes by with each request.
    Deadline deadline = Deadline.in(HOUR, () -> HOUR.toNanos() * azure.simulator.requests().size());
    assertThat(trouble(() -> azure.sessions.list(WATCHER, deadline)).detail()).contains("503 Busy");
    assertThat(azure.simulator.requests()).hasSize(1);
  }

  @Test
  void aSilentServerIsLeftAtTheDeadline() {
    try (StubServer silent = StubServer.silent()) {
      PortException trouble = trouble(() -> sessions(silent.uri()).list(WATCHER, veryShort()));
      assertThat(trouble.reason()).isNull();
      assertThat(trouble.detail()).contains("no answer, ").doesNotContain("127.0.0.1");
      assertThat(silent.requests()).hasSizeLessThan(2);
    }
  }

  @Test
  void aSilentServerIsLeftAtTheDeadlineOfAnOperationToo() {
    try (StubServer silent = StubServer.silent()) {
      String url = silent.uri() + "/subscriptions/s?t=hunter2";
      PortException trouble = trouble(() -> sessions(silent.uri()).operation(url, veryShort()));
      assertThat(trouble.reason()).isNull();
      assertThat(trouble.detail()).doesNotContain("hunter2");
    }
  }

  @Test
  void nobodyListeningIsTroubleForNow() {
    URI gone;
    try (StubServer stub = StubServer.silent()) {
      gone = stub.uri();
    }
    PortException trouble = trouble(() -> sessions(gone).list(WATCHER, soon()));
    assertThat(trouble.reason()).isNull();
    assertThat(trouble.detail()).contains("ConnectException");
  }

  @Test
  void aStartThatWasCutBeforeItTookEffectIsRepeated() throws PortException {
    azure.simulator.addFault(Fault.cutting("PUT", "packetCaptures", Fault.Cut.BEFORE).withTimes(1));
    azure.sessions.start(WATCHER, "pc", plan(WEB_01), soon());
    assertThat(azure.requests("PUT")).hasSize(2);
    assertThat(azure.simulator.sessions()).hasSize(1);
  }

  @Test
  void aStartThatWasCutAfterItTookEffectStartsOneSessionAndIsTroubleForNow() {
    azure.simulator.addFault(Fault.cutting("PUT", "packetCaptures", Fault.Cut.AFTER).withTimes(1));
    PortException trouble =
        trouble(() -> azure.sessions.start(WATCHER, "pc", plan(WEB_01), soon()));
    assertThat(trouble.reason()).isNull();
    assertThat(azure.requests("PUT")).hasSize(2);
    assertThat(azure.simulator.sessions()).hasSize(1);
  }

  @Test
  void cutsAreTriedThreeTimesInAll() {
    azure.simulator.addFault(Fault.cutting(null, "networkWatchers", Fault.Cut.BEFORE));
    assertThat(trouble(() -> azure.sessions.delete(WATCHER, "pc", soon())).reason()).isNull();
    assertThat(azure.requests("DELETE")).hasSize(3);
    assertThat(trouble(() -> azure.sessions.stop(WATCHER, "pc", soon())).reason()).isNull();
    assertThat(azure.requests("POST")).hasSize(3);
  }

  @Test
  void aDeletionThatWasCutAfterItTookEffectIsDone() throws PortException {
    azure.start("pc", WEB_01);
    azure.simulator.addFault(
        Fault.cutting("DELETE", "packetCaptures", Fault.Cut.AFTER).withTimes(1));
    assertThat(azure.sessions.delete(WATCHER, "pc", soon())).isTrue();
    assertThat(azure.requests("DELETE")).hasSize(2);
  }
}
