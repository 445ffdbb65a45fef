package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.finding.Id.H_SLOW;
import static dev.alertcapture.evidence.finding.Id.R_RESET;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.Http;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Tls;
import org.junit.jupiter.api.Test;

class SlowAnswersTest {
  private static final double[] WAITS = {2.3, 2.9, 3.4, 4.0};

  private final Capture capture = new Capture();

  private void ask(Tcp tcp, double seconds) {
    tcp.client.segment(Http.get("/"));
    tcp.server.ack();
    tcp.server.pause(s(seconds)).segment(Http.status(200, 300));
    tcp.client.ack();
    tcp.close();
  }

  @Test
  void blamesAPeerThatAcknowledgesAtOnceAndAnswersLate() {
    for (int i = 0; i < WAITS.length; i++) {
      ask(capture.out(ms(300 * i), 8500).open(), WAITS[i]);
    }

    Finding slow = capture.finding(H_SLOW);

    assertThat(slow.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(slow.verdict()).isEqualTo(Verdict.PEER);
    assertThat(Capture.say(slow))
        .isEqualTo(
            "10.1.2.3:8500 accepts in 2.0 ms and acknowledges, but answers after 4.0 s (p95 of"
                + " 4): its own time.");
    assertThat(slow.proof().count()).isEqualTo(4);
    assertThat(slow.proof().frames()).isNotEmpty();
  }

  @Test
  void blamesTheMachineWhereItIsTheServer() {
    for (int i = 0; i < WAITS.length; i++) {
      ask(capture.in(ms(300 * i), 8080).open(), WAITS[i]);
    }

    Finding slow = capture.finding(H_SLOW);

    assertThat(slow.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(Capture.say(slow)).startsWith("This machine accepts on :8080");
  }

  @Test
  void saysWhatTheMachineWaitsFor() {
    for (int i = 0; i < WAITS.length; i++) {
      ask(capture.in(ms(300 * i), 8080).open(), WAITS[i]);
      ask(capture.out(ms(300 * i) + ms(30), 8500).open(), WAITS[i] - 0.1);
    }

    assertThat(capture.findings(H_SLOW))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.PEER, Verdict.MACHINE);
    assertThat(Capture.say(capture.findings(H_SLOW).get(1)))
        .endsWith(": it waits for 10.1.2.3:8500.");
    assertThat(capture.report(null).verdict()).isEqualTo(Verdict.PEER);
  }

  @Test
  void saysThatTheMachineWaitsForLookups() {
    for (int i = 0; i < WAITS.length; i++) {
      ask(capture.in(ms(300 * i), 8080).open(), WAITS[i]);
    }
    // One lookup of 1.2 s lies in all of these waits.
    capture
        .traffic
        .at(s(1))
        .lookup(Capture.VM, Azure.WIRE_SERVER, "db.contoso.net")
        .pause(s(1.2))
        .answer("10.1.2.3");

    Finding slow = capture.finding(H_SLOW);

    assertThat(Capture.say(slow)).endsWith(": it waits for lookups of db.contoso.net.");
    assertThat(slow.verdict()).isEqualTo(Verdict.NAMES);
  }

  @Test
  void isSilentUpToASecond() {
    for (int i = 0; i < 4; i++) {
      ask(capture.out(ms(300 * i), 8500).open(), 0.9 + 0.01 * i);
    }

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void isSilentForTwoSlowConnectionsAmongMany() {
    capture.fine(30, 8500);
    ask(capture.out(ms(100), 8500).open(), 2.5);
    ask(capture.out(ms(200), 8500).open(), 3.5);

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void takesEqualWaitsForDesign() {
    for (int i = 0; i < 4; i++) {
      ask(capture.out(ms(300 * i), 8500).open(), 12 + 0.1 * i);
    }
    for (int i = 1; i < 10; i++) {
      // Something goes on meanwhile, for a minute without a frame ends everything.
      capture.out(s(4 * i), 9000).open().exchange(10, 10).close();
    }

    Finding slow = capture.finding(H_SLOW);

    assertThat(slow.severity()).isEqualTo(Severity.INFO);
    assertThat(Capture.say(slow)).contains("each time").endsWith("waiting by design?");
  }

  @Test
  void isSilentWhereTheRequestWasSentAgain() {
    for (int i = 0; i < WAITS.length; i++) {
      Tcp tcp = capture.out(ms(300 * i), 8500).open();
      tcp.client.lose(Http.get("/")).pause(ms(250)).resend();
      tcp.server.ack();
      tcp.server.pause(s(WAITS[i])).segment(300);
      tcp.client.ack();
    }

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void isSilentOnConnectionsThatLostSomethingBefore() {
    for (int i = 0; i < WAITS.length; i++) {
      Tcp tcp = capture.out(ms(300 * i), 8500).open().exchange(100, 900);
      tcp.server.repeat(900);
      tcp.client.ack();
      ask(tcp.pause(ms(100)), WAITS[i]);
    }

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void isSilentWhereTheAcknowledgmentIsLateToo() {
    for (int i = 0; i < WAITS.length; i++) {
      Tcp tcp = capture.out(ms(300 * i), 8500).open();
      tcp.client.segment(Http.get("/"));
      tcp.server.pause(s(WAITS[i])).segment(300);
      tcp.client.ack();
    }

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void isSilentWhereTheServerSpeaksFirst() {
    for (int i = 0; i < WAITS.length; i++) {
      Tcp tcp = capture.out(ms(300 * i), 25).open().reply(60).send(20);
      tcp.server.pause(s(WAITS[i])).segment(300);
      tcp.client.ack();
    }

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void isSilentWhereTheServerPushes() {
    for (int i = 0; i < WAITS.length; i++) {
      Tcp tcp = capture.out(ms(300 * i), 5223).open().exchange(60, 20);
      tcp.server.pause(s(WAITS[i])).segment(300);
      tcp.client.ack();
      tcp.client.pause(s(2)).segment(40);
      tcp.server.ack();
      tcp.server.pause(s(WAITS[i])).segment(300);
      tcp.client.ack();
    }

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void isSilentWhereTheClientSpeaksOnBeforeTheAnswer() {
    for (int i = 0; i < WAITS.length; i++) {
      Tcp tcp = capture.out(ms(300 * i), 7000).open().exchange(60, 20);
      tcp.send(50).client.pause(s(1)).segment(50);
      tcp.server.ack();
      tcp.server.pause(s(WAITS[i])).segment(300);
      tcp.client.ack();
    }

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void countsRequestsThatClientsGiveUp() {
    for (int i = 0; i < 4; i++) {
      Tcp tcp = capture.out(ms(300 * i), 8500).open().send(Http.get("/"));
      tcp.client.pause(s(1.5 + i)).reset();
    }

    Finding slow = capture.finding(H_SLOW);

    assertThat(Capture.say(slow)).contains("leaves 4 of 4 requests unanswered, 4 given up after");
    assertThat(capture.findings(R_RESET)).isEmpty();
  }

  @Test
  void countsRequestsThatStillWait() {
    for (int i = 0; i < 4; i++) {
      capture.out(ms(300 * i), 8500).open().send(Http.get("/"));
    }
    capture.out(s(8), 9000).open().exchange(10, 10).close();

    assertThat(Capture.say(capture.finding(H_SLOW))).contains("4 still waiting after 8.0 s");
  }

  @Test
  void isSilentAboutWhatIsNeverAnswered() {
    for (int i = 0; i < 4; i++) {
      capture.out(ms(300 * i), 514).open().send(200);
    }
    capture.out(s(8), 9000).open().exchange(10, 10).close();

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }

  @Test
  void tellsSessionTicketsFromAnAnswerInTls() {
    for (int i = 0; i < WAITS.length; i++) {
      Tcp tcp = capture.out(ms(300 * i), 8443).open().tls("api.contoso.net");
      tcp.client.segment(Tls.data(180));
      tcp.server.segment(Tls.data(500));
      tcp.client.ack();
      tcp.server.pause(s(WAITS[i])).segment(Tls.data(900));
      tcp.client.ack();
    }

    assertThat(Capture.say(capture.finding(H_SLOW))).contains("answers after 4.0 s (p95 of 8)");
  }

  @Test
  void isSilentAboutTlsThatRestsAfterAShortAnswer() {
    for (int i = 0; i < WAITS.length; i++) {
      Tcp tcp = capture.out(ms(300 * i), 8443).open().tls("api.contoso.net");
      tcp.send(Tls.data(180)).reply(Tls.data(300));
    }
    capture.out(s(8), 9000).open().exchange(10, 10).close();

    assertThat(capture.findings(H_SLOW)).isEmpty();
  }
}
