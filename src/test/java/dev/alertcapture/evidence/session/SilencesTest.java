package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.finding.Id.C_SILENT;
import static dev.alertcapture.evidence.finding.Id.C_STALE;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Side;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Tls;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private final Capture capture = new Capture();

  /** Data that is sent four times in three seconds, as most systems do. */
  private static Side unheard(Side side) {
    side.lose(120).pause(ms(200)).loseAgain().pause(ms(400)).loseAgain().pause(ms(800)).loseAgain();
    return side.pause(ms(1600)).loseAgain();
  }

  private void end(long at) {
    capture.out(at, 9000).open().exchange(10, 10).close();
  }

  private void old(int count, long at) {
    for (int i = 0; i < count; i++) {
      unheard(capture.out(at + ms(100 * i), 5432).opened().client);
    }
  }

  @Test
  void findsOldConnectionsThatAreDead() {
    end(0);
    old(2, s(2));
    capture.out(s(3), 5432).open().exchange(100, 900).close();
    end(s(9));

    Finding stale = capture.finding(C_STALE);

    assertThat(stale.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(stale.verdict()).isEqualTo(Verdict.NETWORK);
    assertThat(Capture.say(stale))
        .startsWith("2 old connections to 10.1.2.3:5432 get no answer any more")
        .endsWith("1 new one works.");
    assertThat(capture.findings(C_SILENT)).isEmpty();
  }

  @Test
  void isSilentAboutOneOldConnection() {
    end(0);
    old(1, s(2));
    end(s(9));

    assertThat(capture.findings(C_STALE)).isEmpty();
  }

  @Test
  void isSilentWhereTriesMayLieBeforeTheFile() {
    end(0);
    old(3, ms(500));
    for (int i = 0; i < 3; i++) {
      Tcp tcp = capture.out(s(1.2) + ms(10 * i), 5433).opened();
      tcp.client.lose(120).pause(s(2.6)).loseAgain().pause(s(5)).loseAgain();
    }
    end(s(9));

    assertThat(capture.findings(C_STALE)).isEmpty();
  }

  @Test
  void isSilentWhereAnswersMayLieBehindTheFile() {
    end(0);
    for (int i = 0; i < 3; i++) {
      Tcp tcp = capture.out(s(2) + ms(100 * i), 5432).opened();
      tcp.client.lose(120).pause(ms(200)).loseAgain().pause(ms(400)).loseAgain();
    }
    end(s(4.9));

    assertThat(capture.findings(C_STALE)).isEmpty();
  }

  @Test
  void findsAPeerThatStopsAnswering() {
    Tcp tcp = capture.out(0, 5432).open().exchange(100, 900);
    unheard(tcp.client.pause(s(1)));
    end(s(8));

    Finding silent = capture.finding(C_SILENT);

    assertThat(silent.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(silent.verdict()).isEqualTo(Verdict.NETWORK);
    assertThat(Capture.say(silent))
        .isEqualTo(
            "10.1.2.3:5432 stopped answering from second 1.0 until the end (1 of 1 connections).");
  }

  @Test
  void saysThatItCameBack() {
    for (int i = 0; i < 3; i++) {
      Tcp tcp = capture.out(ms(10 * i), 5432).open().exchange(100, 900);
      unheard(tcp.client.pause(s(1)));
      tcp.client.pause(s(1)).resend();
      tcp.server.ack();
    }
    end(s(8));

    Finding silent = capture.finding(C_SILENT);

    assertThat(silent.severity()).isEqualTo(Severity.BAD);
    assertThat(Capture.say(silent)).contains("from second 1.0 to 5.0, then came back");
  }

  @Test
  void isSilentBelowTwoSeconds() {
    for (int i = 0; i < 3; i++) {
      Tcp tcp = capture.out(ms(10 * i), 5432).open().exchange(100, 900);
      tcp.client.lose(120).pause(ms(200)).loseAgain().pause(ms(400)).loseAgain();
      tcp.client.pause(ms(1200)).resend();
      tcp.server.ack();
    }
    end(s(8));

    assertThat(capture.findings(C_SILENT)).isEmpty();
  }

  @Test
  void blamesTheMachineThatDoesNotAnswer() {
    Tcp tcp = capture.in(0, 8080).open().exchange(100, 900);
    unheard(tcp.client.pause(s(1)));
    end(s(8));

    Finding silent = capture.finding(C_SILENT);

    assertThat(silent.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(Capture.say(silent)).startsWith("This machine on :8080 stopped answering");
  }

  @Test
  void suspectsTheNameWhereOnlyOneDoesNotPass() {
    for (int i = 0; i < 3; i++) {
      Tcp tcp = capture.out(ms(100 * i), 443).open();
      tcp.client.lose(Tls.clientHello("blocked.example")).pause(ms(200)).loseAgain();
      tcp.client.pause(ms(400)).loseAgain().pause(s(1.6)).loseAgain();
      capture.out(ms(100 * i), 443).open().tls("fine.example").close();
    }
    end(s(8));

    assertThat(Capture.say(capture.finding(C_SILENT)))
        .startsWith("10.1.2.3:443 connects and never acknowledges the first data")
        .contains("3 of 3 for blocked.example, other names there pass")
        .endsWith("dropped on the way, perhaps by its name.");
  }

  @Test
  void leavesSilencesToLossWhereMoreIsLostOutsideThem() {
    Tcp lossy = capture.out(0, 5432).open().exchange(100, 900);
    for (int i = 0; i < 20; i++) {
      lossy.client.lose(100).pause(ms(200)).resend();
      lossy.server.ack();
    }
    unheard(capture.out(s(1), 5432).open().exchange(100, 900).client);
    end(s(9));

    assertThat(capture.findings(C_SILENT)).isEmpty();
  }

  @Test
  void leavesWhatIsLostForItsSizeToAnotherFinding() {
    Side client = capture.out(0, 5432).open().exchange(100, 900).client;
    client.lose(1_460).pause(ms(200)).loseAgain().pause(ms(400)).loseAgain();
    client.pause(s(2)).loseAgain();
    end(s(9));

    assertThat(capture.findings(C_SILENT)).isEmpty();
  }
}
