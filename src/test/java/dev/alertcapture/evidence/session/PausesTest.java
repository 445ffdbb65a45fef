package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.finding.Id.N_PAUSE;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Verdict;
import org.junit.jupiter.api.Test;

class PausesTest {
  private final Capture capture = new Capture();

  /** Ten connections a second, of about a dozen packets each. */
  private void busy(double from, double to) {
    for (double at = from; at < to; at += 0.1) {
      capture.out(s(at), 8080).open().exchange(100, 900).close();
    }
  }

  @Test
  void tellsWhereABusyMachineFellSilent() {
    busy(0, 6);
    busy(9, 16);

    Finding pause = capture.finding(N_PAUSE);

    assertThat(pause.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(Capture.say(pause))
        .startsWith("Nothing at all from second 6.0 to 9.0, with ")
        .endsWith("the machine was frozen, or the capture stalled.");
    assertThat(pause.proof().frames()).hasSize(2);
  }

  @Test
  void isSilentBelowASecond() {
    busy(0, 6);
    busy(6.85, 16);

    assertThat(capture.findings(N_PAUSE)).isEmpty();
  }

  @Test
  void isSilentWherePausesAreUsual() {
    for (int i = 0; i < 12; i++) {
      busy(3 * i, 3 * i + 1.5);
    }

    assertThat(capture.findings(N_PAUSE)).isEmpty();
  }

  @Test
  void isSilentWhereThereIsLittleAround() {
    busy(0, 0.5);
    busy(8, 8.5);
    capture.out(s(12), 8080).open().exchange(100, 900).pause(ms(10)).close();

    assertThat(capture.findings(N_PAUSE)).isEmpty();
  }

  @Test
  void isNotCheckedInAShortFile() {
    busy(0, 3);
    busy(5, 8);

    assertThat(capture.findings(N_PAUSE)).isEmpty();
    assertThat(capture.report(null).checked().notChecked()).containsKey(N_PAUSE);
  }
}
