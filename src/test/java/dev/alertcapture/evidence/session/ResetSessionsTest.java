package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.finding.Id.R_RESET;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Http;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Tls;
import org.junit.jupiter.api.Test;

class ResetSessionsTest {
  private final Capture capture = new Capture();

  private void insteadOfAnswers(int count) {
    for (int i = 0; i < count; i++) {
      capture.out(s(1) + ms(50 * i), 8090).open().send(Http.get("/")).server.reset();
    }
  }

  @Test
  void blamesThePeerThatResetsInsteadOfAnswering() {
    capture.fine(40, 8090);
    insteadOfAnswers(10);

    Finding reset = capture.finding(R_RESET);

    assertThat(reset.severity()).isEqualTo(Severity.BAD);
    assertThat(reset.verdict()).isEqualTo(Verdict.PEER);
    assertThat(Capture.say(reset))
        .isEqualTo("10.1.2.3:8090 reset 10 of 50 connections: instead of an answer.");
    assertThat(reset.proof().filter()).contains("tcp.flags.reset == 1");
  }

  @Test
  void isNotableFromThreeAndFivePercentOn() {
    capture.fine(57, 8090);
    insteadOfAnswers(3);

    assertThat(capture.finding(R_RESET).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void isInfoBelow() {
    capture.fine(50, 8090);
    insteadOfAnswers(2);

    assertThat(capture.finding(R_RESET).severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void takesAResetThatFollowsAllDataForAClose() {
    for (int i = 0; i < 20; i++) {
      capture.out(ms(50 * i), 8090).open().exchange(100, 900).client.reset();
    }

    Finding reset = capture.finding(R_RESET);

    assertThat(reset.severity()).isEqualTo(Severity.INFO);
    assertThat(Capture.say(reset)).contains("to close, with all data acknowledged");
  }

  @Test
  void doesNotCountResetsThatFollowAFin() {
    for (int i = 0; i < 20; i++) {
      Tcp tcp = capture.out(ms(50 * i), 8090).open().exchange(100, 900);
      tcp.client.fin();
      tcp.server.abort();
    }

    assertThat(capture.findings(R_RESET)).isEmpty();
  }

  @Test
  void doesNotCountRefusedConnections() {
    for (int i = 0; i < 20; i++) {
      capture.out(ms(50 * i), 8090).refused();
    }

    assertThat(capture.findings(R_RESET)).isEmpty();
  }

  @Test
  void tellsOneLargeTransferThatIsCut() {
    Tcp tcp = capture.out(0, 443).open().exchange(300, 60_000);
    tcp.server.segment(1_400);
    tcp.client.abort();

    Finding reset = capture.finding(R_RESET);

    assertThat(reset.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(reset.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(Capture.say(reset))
        .isEqualTo("This machine reset 1 of 1 connections to 10.1.2.3:443: in the middle of data.");
  }

  @Test
  void doesNotTellOfASmallOne() {
    Tcp tcp = capture.out(0, 443).open().exchange(300, 6_000);
    tcp.server.segment(1_400);
    tcp.client.abort();

    assertThat(capture.finding(R_RESET).severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void takesNoDataThatIsStillOnItsWayForCut() {
    Tcp tcp = capture.out(0, 443).open().exchange(300, 60_000);
    tcp.server.segment(1_400).reset();

    assertThat(Capture.say(capture.finding(R_RESET))).contains("to close");
  }

  @Test
  void tellsResetsOnFirstUseAfterLongIdle() {
    for (int i = 0; i < 5; i++) {
      Tcp tcp = capture.out(s(3) + ms(100 * i), 5432).opened();
      tcp.client.segment(90);
      tcp.server.abort();
    }
    capture.out(0, 9000).open().exchange(10, 10).close();

    Finding reset = capture.finding(R_RESET);

    assertThat(Capture.say(reset)).endsWith("on first use after long idle.");
    assertThat(reset.next()).contains("idle time-out");
  }

  @Test
  void tellsRequestsThatCrossWithTheServersClose() {
    for (int i = 0; i < 5; i++) {
      Tcp tcp = capture.in(ms(100 * i), 8080).open();
      tcp.send(Http.get("/")).reply(Http.status(200, 50));
      tcp.server.pause(s(2)).fin();
      tcp.client.segment(Http.get("/again"));
      tcp.server.abort();
    }

    Finding reset = capture.finding(R_RESET);

    assertThat(reset.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(Capture.say(reset)).contains("crossed with its close").contains("keep-alive");
  }

  @Test
  void saysOfWhomTheMachineResetsAll() {
    Host odd = Host.at("20.50.9.9");
    for (int i = 0; i < 5; i++) {
      capture.in(ms(100 * i), 443).open().tls("shop.contoso.net").close();
      Tcp tcp = capture.traffic.at(ms(100 * i)).tcp(odd, Capture.VM, 443).rtt(ms(20)).open();
      tcp.send(Http.get("/")).server.reset();
    }

    assertThat(Capture.say(capture.finding(R_RESET)))
        .startsWith("This machine reset 5 of 5 connections to :443 from 20.50.9.9")
        .contains("it speaks plain HTTP to a TLS port");
  }

  @Test
  void seesThatAnotherBoxResets() {
    for (int i = 0; i < 5; i++) {
      capture.out(ms(100 * i), 8090).open().exchange(100, 900).close();
    }
    Host box = Capture.PEER.ttl(120);
    for (int i = 0; i < 5; i++) {
      Tcp tcp = capture.traffic.at(s(1) + ms(100 * i)).tcp(Capture.VM, box, 8090).rtt(ms(2));
      tcp.open().send(Http.get("/")).server.reset();
    }

    Finding reset = capture.finding(R_RESET);

    assertThat(reset.verdict()).isEqualTo(Verdict.NETWORK);
    assertThat(Capture.say(reset)).contains("not by 10.1.2.3 itself");
  }

  @Test
  void leavesResetsOfThoseWhoGaveUpToTheSilence() {
    for (int i = 0; i < 5; i++) {
      Tcp tcp = capture.out(ms(100 * i), 8090).open().exchange(100, 900);
      tcp.client.lose(90).pause(ms(300)).loseAgain().pause(ms(600)).loseAgain();
      tcp.client.pause(s(1)).reset();
    }

    assertThat(capture.findings(R_RESET)).isEmpty();
  }

  @Test
  void takesAResetBehindAnOwnTlsAlertForAClose() {
    for (int i = 0; i < 50; i++) {
      capture.out(ms(100 * i), 443).open().tls("a.contoso.net").close();
    }
    Tcp tcp = capture.out(0, 443).open().send(Tls.clientHello("a.contoso.net"));
    tcp.reply(Tls.serverHandshake());
    tcp.client.segment(Tls.alert(Tls.UNKNOWN_CA));
    tcp.server.segment(300);
    tcp.client.abort();

    assertThat(Capture.say(capture.finding(R_RESET))).contains("to close");
  }

  @Test
  void doesNotJudgeOldConnectionsByAResetWithinTheirFirstSecond() {
    for (int i = 0; i < 5; i++) {
      Tcp tcp = capture.out(ms(100 * i), 5432).opened();
      tcp.client.segment(90);
      tcp.server.abort();
    }

    assertThat(capture.findings(R_RESET)).isEmpty();
  }

  @Test
  void takesAResetAfterAClosingAlertForAClose() {
    for (int i = 0; i < 10; i++) {
      Tcp tcp = capture.out(ms(100 * i), 443).open().tls("a.contoso.net");
      tcp.send(Tls.data(180)).reply(Tls.data(900)).send(Tls.data(19)).server.reset();
    }

    Finding reset = capture.finding(R_RESET);

    assertThat(reset.severity()).isEqualTo(Severity.INFO);
    assertThat(Capture.say(reset)).contains("to close");
  }
}
