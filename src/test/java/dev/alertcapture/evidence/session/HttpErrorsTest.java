package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.finding.Id.H_STATUS;
import static dev.alertcapture.traffic.Time.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Http;
import dev.alertcapture.traffic.Tcp;
import org.junit.jupiter.api.Test;

class HttpErrorsTest {
  private final Capture capture = new Capture();

  private void answers(int code, int count) {
    for (int i = 0; i < count; i++) {
      Tcp tcp = capture.in(ms(30 * i), 8080).open();
      tcp.send(Http.get("/")).reply(Http.status(code, 40)).close();
    }
  }

  @Test
  void blamesTheMachineForItsServerErrors() {
    answers(200, 30);
    answers(503, 20);

    Finding failed = capture.finding(H_STATUS);

    assertThat(failed.severity()).isEqualTo(Severity.BAD);
    assertThat(failed.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(Capture.say(failed))
        .isEqualTo("40 % of this machine's answers on :8080 are 503 (20 of 50).");
  }

  @Test
  void isNotableFromThreeAndFivePercentOn() {
    answers(200, 57);
    answers(500, 2);
    assertThat(capture.findings(H_STATUS)).isEmpty();
    answers(502, 1);

    Finding failed = capture.finding(H_STATUS);

    assertThat(failed.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(Capture.say(failed)).contains("are errors, most of them 500 (3 of 60)");
  }

  @Test
  void doesNotMindThatSomethingIsNotFound() {
    answers(200, 10);
    answers(404, 30);

    assertThat(capture.findings(H_STATUS)).isEmpty();
  }

  @Test
  void isInfoWhereEveryAnswerIsAnError() {
    answers(404, 2);

    assertThat(capture.finding(H_STATUS).severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void tellsClientsThatAreDenied() {
    answers(403, 20);

    assertThat(capture.finding(H_STATUS).severity()).isEqualTo(Severity.NOTABLE);
    assertThat(capture.finding(H_STATUS).next()).contains("credentials");
  }

  @Test
  void doesNotMindThatFewAreDenied() {
    answers(403, 19);
    answers(200, 1);

    assertThat(capture.findings(H_STATUS)).isEmpty();
  }

  @Test
  void doesNotCountAQuestionForCredentials() {
    for (int i = 0; i < 25; i++) {
      Tcp tcp = capture.in(ms(30 * i), 8080).open();
      tcp.send(Http.get("/")).reply(Http.status(401, 40));
      tcp.send(Http.get("/")).reply(Http.status(200, 40)).close();
    }

    assertThat(capture.findings(H_STATUS)).isEmpty();
  }

  @Test
  void doesNotReadWhatNobodyAsked() {
    for (int i = 0; i < 25; i++) {
      capture.in(ms(30 * i), 8080).open().send(80).reply(Http.status(500, 40)).close();
    }

    assertThat(capture.findings(H_STATUS)).isEmpty();
  }
}
