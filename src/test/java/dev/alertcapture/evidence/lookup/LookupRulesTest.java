package dev.alertcapture.evidence.lookup;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Explained;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.report.Report;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Dns;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupRulesTest {
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host RESOLVER = Host.at("10.0.0.53");
  private static final String NAME = "db.internal.contoso.com";

  private final Traffic traffic = new Traffic(VM);

  LookupRulesTest() {
    for (int i = 0; i <= 12; i++) {
      traffic.at(s(i)).tcp(VM, Azure.METADATA, 80).open().exchange(100, 300).close();
    }
  }

  private void fail(int times, String name, int code) {
    for (int i = 0; i < times; i++) {
      traffic.at(s(1) + i * ms(300)).lookup(VM, RESOLVER, name).rcode(code);
    }
  }

  private void slow(int times, long wait) {
    for (int i = 0; i < times; i++) {
      traffic
          .at(s(1) + i * ms(200))
          .lookup(VM, RESOLVER, "web" + i + ".contoso.com")
          .rtt(wait)
          .answer("10.1.0." + (i + 1));
    }
  }

  private Report report() {
    return Explained.of(CaptureFile.pcap().bytes(traffic));
  }

  private List<Finding> findings(Id id) {
    return Explained.findings(report(), id);
  }

  @Test
  void aNameThatDoesNotExistIsNamedWithWhomWasAsked() {
    fail(3, NAME, Dns.NXDOMAIN);

    assertThat(findings(Id.D_FAIL))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.say())
                  .isEqualTo(NAME + " has no address: NXDOMAIN 3 of 3, asked of 10.0.0.53.");
              assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
            });
    assertThat(report().verdict()).isEqualTo(Verdict.NAMES);
  }

  @Test
  void twoMissingNamesAreATypingError() {
    fail(2, NAME, Dns.NXDOMAIN);

    assertThat(findings(Id.D_FAIL)).isEmpty();
  }

  @Test
  void oneServfailIsNotableAndFiveAreBad() {
    fail(1, NAME, Dns.SERVFAIL);
    fail(5, "other.contoso.com", Dns.SERVFAIL);

    assertThat(findings(Id.D_FAIL))
        .extracting(Finding::severity)
        .containsExactly(Severity.BAD, Severity.NOTABLE);
  }

  @Test
  void aSearchSuffixBesideTheNameThatIsFoundIsNoFailure() {
    fail(4, "www.contoso.net.corp.example", Dns.NXDOMAIN);
    traffic.at(s(3)).lookup(VM, RESOLVER, "www.contoso.net").answer("20.1.2.3");

    assertThat(findings(Id.D_FAIL)).isEmpty();
  }

  @Test
  void aNameThatIsFoundLaterDidNotFail() {
    fail(4, NAME, Dns.SERVFAIL);
    traffic.at(s(8)).lookup(VM, RESOLVER, NAME).answer("10.1.2.3");

    assertThat(findings(Id.D_FAIL)).isEmpty();
  }

  @Test
  void namesThatNetworksDoNotHaveAreExpectedToBeMissing() {
    fail(5, "wpad.contoso.com", Dns.NXDOMAIN);
    fail(5, "4.3.2.1.in-addr.arpa", Dns.NXDOMAIN);
    fail(5, "_ldap._tcp.contoso.com", Dns.NXDOMAIN);
    fail(5, "4.3.2.10.zen.example.org", Dns.NXDOMAIN);

    assertThat(findings(Id.D_FAIL)).isEmpty();
  }

  @Test
  void moreThanFiveNamesBecomeOneSentence() {
    for (int i = 0; i < 6; i++) {
      fail(3 + i, "db" + i + ".contoso.com", Dns.NXDOMAIN);
    }

    assertThat(findings(Id.D_FAIL))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.say())
                    .isEqualTo(
                        "33 of 33 lookups of 6 names fail, most of them of db5.contoso.com,"
                            + " db4.contoso.com, db3.contoso.com."));
  }

  @Test
  void aNameWithoutAnAddressExists() {
    for (int i = 0; i < 3; i++) {
      traffic.at(s(1 + i)).lookup(VM, RESOLVER, NAME).answer();
    }

    assertThat(findings(Id.D_EMPTY))
        .singleElement()
        .satisfies(finding -> assertThat(finding.say()).contains("has no address (3 of 3"));
    assertThat(findings(Id.D_FAIL)).isEmpty();
  }

  @Test
  void aResolverThatLeavesTwoLookupsIsToldAndOneIsNot() {
    traffic.at(s(1)).lookup(VM, RESOLVER, NAME);

    assertThat(findings(Id.D_NOANSWER)).extracting(Finding::say).isEmpty();

    traffic.at(s(2)).lookup(VM, RESOLVER, "other.contoso.com");

    assertThat(findings(Id.D_NOANSWER))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.say()).startsWith("Resolver 10.0.0.53 left 2 of 2 lookups"));
  }

  @Test
  void lookupsOfTheLastSecondsAreNotJudged() {
    traffic.at(s(10)).lookup(VM, RESOLVER, NAME);
    traffic.at(s(11)).lookup(VM, RESOLVER, "other.contoso.com");

    assertThat(findings(Id.D_NOANSWER)).isEmpty();
  }

  @Test
  void twentySlowLookupsArePercentileEnough() {
    slow(20, ms(250));

    assertThat(findings(Id.D_SLOW))
        .singleElement()
        .satisfies(finding -> assertThat(finding.say()).contains("(p95 of 20)"));
  }

  @Test
  void nineteenAreNot() {
    slow(19, ms(250));

    assertThat(findings(Id.D_SLOW)).isEmpty();
  }

  @Test
  void threeThatTakeOverASecondAreEnough() {
    slow(3, ms(1_500));

    assertThat(findings(Id.D_SLOW))
        .singleElement()
        .satisfies(finding -> assertThat(finding.say()).contains("3 of them over a second"));
  }

  @Test
  void lookupsThatAreAnsweredAreClean() {
    slow(5, ms(2));

    assertThat(report().checked().clean())
        .containsEntry(Id.D_FAIL, "0 of 5 lookups failed")
        .containsEntry(Id.D_NOANSWER, "0 of 5 lookups unanswered");
  }
}
