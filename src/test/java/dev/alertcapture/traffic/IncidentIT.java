package dev.alertcapture.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.testing.Tshark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tshark shows of each incident is what the incident is said to be. */
class IncidentIT {
  private static final double WINDOW_SECONDS = 300;
  private static final double SECONDS = Incident.LENGTH / 1e9;
  private static final String SENT = "ip.src == 10.0.0.4";
  private static final String BACKUP = SENT + " && ip.dst == 198.51.100.23";
  private static final String UPLOAD = "ip.addr == 198.51.100.40";
  private static final String USERS = "tcp.dstport == 443 && ip.dst == 10.0.0.4";
  private static final String ATTEMPT = "tcp.flags.syn == 1 && tcp.dstport == 1433";

  @TempDir private Path folder;

  private Tshark tshark;

  @BeforeEach
  void find() {
    tshark = Tshark.in(folder);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsMalformedLostOrResentButUnansweredSyns(Incident incident) throws IOException {
    String marked = "_ws.malformed || (tcp.analysis.flags && !(tcp.flags.syn == 1))";
    String badSum = "ip.checksum.status == 0 || tcp.checksum.status == 0";

    assertThat(numbers(incident, marked, "frame.number")).isEmpty();
    assertThat(
            tshark.read(
                CaptureFile.pcap().bytes(incident.frames()),
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-Y",
                badSum))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void thePlatformAnswersLookupsProbesAndTheAgent(Incident incident) throws IOException {
    assertThat(numbers(incident, "dns.flags.response == 1 && dns.flags.rcode == 0", "frame.number"))
        .hasSizeGreaterThan(15)
        .hasSameSizeAs(numbers(incident, "dns.flags.response == 0", "frame.number"));
    assertThat(numbers(incident, SENT + " && http.response.code == 200", "tcp.srcport"))
        .hasSizeGreaterThan(7)
        .containsOnly(8080.0);
    assertThat(numbers(incident, "ip.src == 168.63.129.16 && http", "tcp.srcport"))
        .filteredOn(port -> port == 80)
        .hasSizeGreaterThan(7);
  }

  @Test
  void oneBackupIsMostOfWhatIsSentAndAboveTheThreshold() throws IOException {
    double backup = sum(numbers(Incident.BACKUP, BACKUP, "ip.len"));
    double sent = sum(numbers(Incident.BACKUP, SENT, "ip.len"));
    double upload = sum(numbers(Incident.BACKUP, SENT + " && " + UPLOAD, "ip.len"));
    double inAWindow = (sent - upload) / SECONDS * WINDOW_SECONDS;

    assertThat(backup / sent).isBetween(0.7, 0.9);
    assertThat(upload / sent).isBetween(0.01, 0.05);
    assertThat(inAWindow / Incident.BACKUP.threshold()).isBetween(3.5, 4.5);
    assertThat(inAWindow / Incident.BACKUP.value()).isBetween(0.95, 1.05);
    assertThat(numbers(Incident.BACKUP, BACKUP, "tcp.stream").stream().distinct()).hasSize(1);
    assertThat(text(Incident.BACKUP, BACKUP, "tls.handshake.extensions_server_name"))
        .containsExactly("backup.example.com");
    assertThat(waits(Incident.BACKUP)).hasSizeGreaterThan(20).allMatch(wait -> wait < 0.05);
  }

  @Test
  void noConnectToTheDatabaseIsAnsweredWhileOlderConnectionsLiveOn() throws IOException {
    List<Double> attempts = numbers(Incident.CHECKOUT, ATTEMPT, "tcp.srcport");

    assertThat(attempts.stream().distinct().count()).isGreaterThan(40);
    assertThat(attempts.size()).isGreaterThan(80);
    assertThat(text(Incident.CHECKOUT, "dns.a == 10.0.1.5", "dns.qry.name"))
        .hasSizeGreaterThan(20)
        .containsOnly("sql-prod.contoso.net");
    assertThat(numbers(Incident.CHECKOUT, "tcp.flags.syn == 1 && tcp.srcport == 1433", "tcp.len"))
        .isEmpty();
    for (String second : List.of("frame.time_relative < 1", "frame.time_relative > 9")) {
      String answer = "tcp.srcport == 1433 && tcp.len > 0 && " + second;
      assertThat(numbers(Incident.CHECKOUT, answer, "tcp.stream").stream().distinct()).hasSize(6);
    }
    assertThat(waits(Incident.CHECKOUT)).hasSizeGreaterThan(30).allMatch(wait -> wait < 0.05);
  }

  @Test
  void theMachineAcceptsAndAcknowledgesAtOnceAndAnswersAfterSeconds() throws IOException {
    String request = USERS + " && tcp.len > 0";
    List<Double> accepted =
        numbers(Incident.CPU, "tcp.srcport == 443 && tcp.flags.syn == 1", "tcp.analysis.ack_rtt");
    String bareAck = "tcp.srcport == 443 && tcp.len == 0 && tcp.flags.syn == 0";

    assertThat(accepted).hasSizeGreaterThan(30).allMatch(time -> time < 0.001);
    assertThat(numbers(Incident.CPU, request, "frame.number")).hasSizeGreaterThan(100);
    assertThat(numbers(Incident.CPU, bareAck, "tcp.analysis.ack_rtt"))
        .hasSizeGreaterThan(100)
        .allMatch(time -> time < 0.001);
    assertThat(waits(Incident.CPU))
        .hasSizeGreaterThan(80)
        .allMatch(wait -> wait > 1.4 && wait < 3.6);
  }

  @Test
  void whatIsSentIsFarBelowTheThresholdOnceItIsOver() throws IOException {
    double sent = sum(numbers(Incident.OVER, SENT, "ip.len"));

    assertThat(sent / SECONDS * WINDOW_SECONDS / Incident.OVER.threshold()).isBetween(0.005, 0.1);
    assertThat(waits(Incident.OVER)).hasSizeGreaterThan(30).allMatch(wait -> wait < 0.05);
  }

  /** From the last packet of a user's request to the first of the machine's answer, in seconds. */
  private List<Double> waits(Incident incident) throws IOException {
    List<Double> waits = new ArrayList<>();
    Map<String, Double> asked = new HashMap<>();
    List<String> packets =
        text(
            incident,
            "tcp.port == 443 && ip.addr == 10.0.0.4 && tcp.len > 0",
            "tcp.dstport",
            "tcp.stream",
            "frame.time_relative");
    for (String packet : packets) {
      String[] cells = packet.split("\t", -1);
      double time = Double.parseDouble(cells[2]);
      if (cells[0].equals("443")) {
        asked.put(cells[1], time);
      } else if (asked.containsKey(cells[1])) {
        waits.add(time - asked.remove(cells[1]));
      }
    }
    return waits;
  }

  private List<Double> numbers(Incident incident, String filter, String field) throws IOException {
    return text(incident, filter, field).stream().map(Double::valueOf).toList();
  }

  private List<String> text(Incident incident, String filter, String... fields) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Y", filter, "-T", "fields"));
    for (String field : fields) {
      arguments.addAll(List.of("-e", field));
    }
    byte[] capture = CaptureFile.pcap().bytes(incident.frames());
    return tshark.read(capture, arguments.toArray(String[]::new)).stream()
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static double sum(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).sum();
  }
}
