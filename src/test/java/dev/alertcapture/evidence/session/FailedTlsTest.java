package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.finding.Id.R_RESET;
import static dev.alertcapture.evidence.finding.Id.T_TLS;
import static dev.alertcapture.traffic.Time.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Tls;
import org.junit.jupiter.api.Test;

class FailedTlsTest {
  private static final int CERTIFICATE_EXPIRED = 45;

  private final Capture capture = new Capture();

  private Tcp hello(int i) {
    return capture.out(ms(100 * i), 443).open().send(Tls.clientHello("pay.contoso.net"));
  }

  @Test
  void blamesTheServerForWhatTheClientRefuses() {
    hello(0).reply(Tls.serverHandshake()).send(Tls.alert(CERTIFICATE_EXPIRED)).close();

    Finding failed = capture.finding(T_TLS);

    assertThat(failed.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(failed.verdict()).isEqualTo(Verdict.PEER);
    assertThat(Capture.say(failed))
        .isEqualTo(
            "TLS to pay.contoso.net:443 (10.1.2.3) fails (1 of 1): this machine ends the handshake"
                + " with alert 45, certificate_expired.");
    assertThat(failed.next()).contains("renewed").contains("pay.contoso.net:443");
  }

  @Test
  void blamesTheClientForWhatTheServerRefuses() {
    hello(0).reply(Tls.alert(Tls.HANDSHAKE_FAILURE)).closeByServer();

    Finding failed = capture.finding(T_TLS);

    assertThat(failed.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(Capture.say(failed))
        .contains("pay.contoso.net:443 ends the handshake with alert 40, handshake_failure.")
        .doesNotContain("offers at most");
  }

  @Test
  void isInfoForOneOddClientOfMany() {
    for (int i = 0; i < 60; i++) {
      capture.in(ms(100 * i), 443).open().tls("shop.contoso.net").close();
    }
    Tcp odd = capture.in(ms(50), 443).open().send(Tls.clientHello("shop.contoso.net"));
    odd.reply(Tls.alert(Tls.HANDSHAKE_FAILURE)).closeByServer();

    assertThat(capture.finding(T_TLS).severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void isSilentWhereHandshakesSucceed() {
    for (int i = 0; i < 4; i++) {
      capture.out(ms(100 * i), 443).open().tls("pay.contoso.net").close();
    }

    assertThat(capture.findings(T_TLS)).isEmpty();
    assertThat(capture.report(null).checked().clean()).containsKey(T_TLS);
  }

  @Test
  void tellsServersThatEndAfterTheHelloFromTheThirdOn() {
    for (int i = 0; i < 2; i++) {
      hello(i).server.reset();
    }
    assertThat(capture.findings(T_TLS)).isEmpty();
    hello(2).server.reset();

    Finding failed = capture.finding(T_TLS);

    assertThat(failed.verdict()).isEqualTo(Verdict.PEER);
    assertThat(Capture.say(failed)).endsWith("after the client hello, without a word.");
    assertThat(capture.findings(R_RESET)).isEmpty();
  }
}
