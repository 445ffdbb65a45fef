package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.finding.Id.C_CHURN;
import static dev.alertcapture.evidence.finding.Id.C_SHORT;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Explained;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Http;
import org.junit.jupiter.api.Test;

class ShortSessionsTest {
  private final Capture capture = new Capture();

  private void end() {
    capture.out(s(8), 9000).open().exchange(10, 10).close();
  }

  @Test
  void tellsAServerThatClosesBeforeAByte() {
    for (int i = 0; i < 5; i++) {
      capture.out(ms(100 * i), 22).open().closeByServer();
    }
    end();

    Finding closed = capture.finding(C_SHORT);

    assertThat(closed.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(closed.verdict()).isEqualTo(Verdict.PEER);
    assertThat(Capture.say(closed))
        .isEqualTo("10.1.2.3:22 accepts and closes 5 of 5 connections before a byte.");
  }

  @Test
  void isSilentAboutFour() {
    for (int i = 0; i < 4; i++) {
      capture.out(ms(100 * i), 22).open().closeByServer();
    }
    end();

    assertThat(capture.findings(C_SHORT)).isEmpty();
  }

  @Test
  void isInfoForOneShortExchange() {
    for (int i = 0; i < 8; i++) {
      capture.out(ms(100 * i), 5432).open().exchange(90, 120).closeByServer();
    }
    end();

    assertThat(capture.finding(C_SHORT).severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void isSilentAboutHttp() {
    for (int i = 0; i < 8; i++) {
      capture
          .out(ms(100 * i), 80)
          .open()
          .send(Http.get("/"))
          .reply(Http.status(200, 9))
          .closeByServer();
    }
    end();

    assertThat(capture.findings(C_SHORT)).isEmpty();
  }

  @Test
  void isSilentAboutWhatBeginsInTheLastTwoSeconds() {
    for (int i = 0; i < 8; i++) {
      capture.out(s(6.5) + ms(100 * i), 22).open().closeByServer();
    }
    end();

    assertThat(capture.findings(C_SHORT)).isEmpty();
  }

  @Test
  void tellsConnectionsThatAreNotReused() {
    capture.fine(100, 8080);

    Finding churn = capture.finding(C_CHURN);

    assertThat(churn.severity()).isEqualTo(Severity.INFO);
    assertThat(churn.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(Capture.say(churn))
        .startsWith("100 connections to 10.1.2.3:8080 in 2.0 s, median life")
        .endsWith("not reused.");
    assertThat(Explained.findings(capture.report("Outbound Flows"), C_CHURN))
        .singleElement()
        .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.NOTABLE));
    assertThat(Explained.findings(capture.report("Percentage CPU"), C_CHURN))
        .singleElement()
        .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.NOTABLE));
  }

  @Test
  void isNotableToPublicPeersWhoseConnectionsTakeSnatPorts() {
    Host outside = Host.at("20.60.1.1");
    for (int i = 0; i < 100; i++) {
      capture.traffic.at(ms(20 * i)).tcp(Capture.VM, outside, 443).open().exchange(10, 10).close();
    }

    assertThat(capture.finding(C_CHURN).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void isSilentBelowAHundredConnections() {
    capture.fine(99, 8080);

    assertThat(capture.findings(C_CHURN)).isEmpty();
  }
}
