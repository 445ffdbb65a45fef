package dev.alertcapture.evidence.volume;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Explained;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.report.Report;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeRulesTest {
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host BACKUP = Host.at("203.0.113.7");
  private static final Host USER = Host.at("20.50.1.7");

  private final Traffic traffic = new Traffic(VM);

  VolumeRulesTest() {
    for (int i = 0; i <= 10; i++) {
      traffic.at(s(i)).tcp(VM, Azure.METADATA, 80).open().exchange(100, 300).close();
      traffic.at(s(i) + ms(20)).tcp(USER, VM, 8080).open().exchange(100, 1_000).close();
    }
  }

  private void backup() {
    for (int i = 0; i < 60; i++) {
      traffic.at(ms(200) + i * ms(150)).tcp(VM, BACKUP, 443).open().exchange(1_400, 10).close();
    }
  }

  private static Question asks(String metric, double threshold) {
    return new Question(
        null,
        List.of(),
        List.of(),
        metric,
        threshold,
        null,
        "Total",
        null,
        Duration.ofMinutes(5),
        null,
        false,
        false);
  }

  private Report report(Question question) {
    return Explained.of(CaptureFile.pcap().bytes(traffic), question);
  }

  @Test
  void whoHasMostOfWhatTheMetricCountsIsNamedWithTheMultiple() {
    backup();

    Report report = report(asks("Network Out Total", 900_000));

    assertThat(report.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(report.headline())
        .contains("x the threshold,")
        .contains("go to 203.0.113.7:443, in 60 connections");
    assertThat(Explained.findings(report, Id.M_OVER)).isEmpty();
  }

  @Test
  void belowTheThresholdItWasOverAndNobodyIsBlamed() {
    backup();

    Report report = report(asks("Network Out Total", 900_000_000));

    assertThat(report.verdict()).isEqualTo(Verdict.OVER);
    assertThat(report.headline())
        .startsWith("It was over when the packets began")
        .doesNotContain("203.0.113.7");
    assertThat(Explained.findings(report, Id.M_METRIC))
        .extracting(Finding::severity)
        .containsExactly(Severity.INFO);
  }

  @Test
  void aProcessorsAlertBesideAQuietNetworkIsNotTheNetworks() {
    Report report = report(asks("Percentage CPU", 80));

    assertThat(report.verdict()).isEqualTo(Verdict.NOTHING_FOUND);
    assertThat(report.headline()).startsWith("Not the network, as far as these");
  }

  @Test
  void itIsNotSaidWhereConnectionsFail() {
    traffic.at(s(2)).tcp(VM, Host.at("10.1.2.3"), 1433).unanswered(s(1), s(3));

    assertThat(Explained.findings(report(asks("Percentage CPU", 80)), Id.M_NOTNET)).isEmpty();
  }

  @Test
  void aBusyMachineIsToldItsNewConnections() {
    for (int i = 0; i < 250; i++) {
      traffic.at(ms(10) + i * ms(40)).tcp(USER, VM, 443).open().exchange(50, 50).close();
    }

    Report report = report(asks("Percentage CPU", 80));

    assertThat(Explained.findings(report, Id.M_NOTNET)).isEmpty();
    assertThat(Explained.findings(report, Id.M_METRIC))
        .singleElement()
        .satisfies(finding -> assertThat(finding.say()).contains("new connections"));
  }

  @Test
  void usersOfEachPortAreToldWhatTheyGot() {
    assertThat(report(Question.NONE).impact())
        .startsWith("Users: 11 connections on :8080 answered in");
  }

  @Test
  void aMachineThatServesNobodyHasNoUsers() {
    Traffic alone = new Traffic(VM);
    for (int i = 0; i <= 10; i++) {
      alone.at(s(i)).tcp(VM, Azure.METADATA, 80).open().exchange(100, 300).close();
    }

    assertThat(Explained.of(CaptureFile.pcap().bytes(alone)).impact())
        .isEqualTo("No user traffic in the file.");
  }
}
