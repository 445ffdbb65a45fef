package dev.alertcapture.evidence.quality;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static dev.alertcapture.traffic.Time.us;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Explained;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Quality.Reason;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.finding.Trust;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Copy;
import dev.alertcapture.traffic.Frame;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Link;
import dev.alertcapture.traffic.Nic;
import dev.alertcapture.traffic.Side;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host DB = Host.at("10.1.2.3");
  private static final Host WEB = Host.at("20.1.2.3");
  private static final Instant START = Instant.ofEpochSecond(1_790_000_000L);

  private final Traffic traffic = new Traffic(VM);

  /** 9 s of ordinary talk: 23 packets a second, about 30 KB. */
  private static Traffic busy(Traffic traffic) {
    for (int i = 0; i < 10; i++) {
      traffic.at(s(i)).tcp(VM, DB, 5432).rtt(ms(2)).open().exchange(200, 3_000).close();
    }
    return traffic;
  }

  private static Quality of(Traffic traffic) {
    return of(CaptureFile.pcap().bytes(traffic), Question.NONE);
  }

  private static Quality of(byte[] file, Question question) {
    return Explained.of(file, question).checked().quality();
  }

  private static List<String> ids(Quality quality) {
    return quality.reasons().stream().map(Reason::id).toList();
  }

  private static Reason reason(Quality quality, String id) {
    return quality.reasons().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Question asked(Instant fired, boolean filtered) {
    List<String> self = List.of("10.0.0.4");
    return new Question(
        null, self, List.of(), null, null, null, null, null, null, fired, filtered, false);
  }

  @Test
  void ordinaryTrafficGivesNoReasonForDoubt() {
    Quality quality = of(busy(traffic));
    assertThat(ids(quality)).isEmpty();
    assertThat(quality.loss()).isEqualTo(Trust.TRUSTWORTHY);
    assertThat(quality.timing()).isEqualTo(Trust.TRUSTWORTHY);
    assertThat(quality.volume()).isEqualTo(Trust.TRUSTWORTHY);
  }

  @Test
  void aCutFileIsTakenWithCare() {
    byte[] whole = CaptureFile.pcap().bytes(busy(traffic));
    Quality quality = of(Arrays.copyOf(whole, whole.length - 5), Question.NONE);
    assertThat(ids(quality)).containsExactly("Q-CUT");
    assertThat(quality.volume()).isEqualTo(Trust.WITH_CARE);
    assertThat(reason(quality, "Q-CUT").say()).startsWith("The file ends inside the record after");
  }

  @Test
  void aFileWithoutAPacketIsNotConcludedFrom() {
    var report = Explained.of(CaptureFile.pcap().bytes(traffic), asked(null, true));
    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_SAY);
    assertThat(report.trust()).contains("its filters let none through");
    assertThat(report.checked().silences(Id.C_NOANSWER)).isTrue();
  }

  @Test
  void droppedPacketsDecideByTheirShare() {
    assertThat(dropped(1).loss()).isEqualTo(Trust.WITH_CARE);
    assertThat(dropped(1).gives(Need.LOSS)).isTrue();
    assertThat(dropped(9).loss()).isEqualTo(Trust.NOT_TRUSTWORTHY);
    assertThat(dropped(9).silences(Id.L_OUT)).contains("dropped");
  }

  private static Quality dropped(int packets) {
    Traffic some = new Traffic(VM).on(new Nic("eth0", Link.ETHERNET).dropped(packets));
    return of(CaptureFile.pcapng().bytes(busy(some)), Question.NONE);
  }

  @Test
  void bytesThatWereAcknowledgedAndAreNotThereWereMissed() {
    assertThat(ids(missed(2, 400))).doesNotContain("Q-MISSED");
    assertThat(ids(missed(4, 20))).doesNotContain("Q-MISSED");
    Quality some = missed(4, 100);
    assertThat(reason(some, "Q-MISSED").count()).isEqualTo(400);
    assertThat(some.loss()).isEqualTo(Trust.WITH_CARE);
    assertThat(some.silences(Id.L_OUT)).isNull();
    Quality more = missed(40, 100);
    assertThat(more.silences(Id.L_OUT)).contains("missed");
    assertThat(more.gives(Need.LOSS)).isTrue();
    assertThat(missed(300, 100).loss()).isEqualTo(Trust.NOT_TRUSTWORTHY);
  }

  /** Bytes at so many places, of about 200,000 in all. */
  private static Quality missed(int places, int bytes) {
    Traffic some = busy(new Traffic(VM));
    Tcp tcp = some.tcp(VM, WEB, 8080).rtt(ms(5)).open().exchange(300, 170_000);
    for (int i = 0; i < places; i++) {
      tcp.server.unseen(bytes).segment(10);
      tcp.client.ack();
    }
    return of(some);
  }

  @Test
  void aFinThatIsNotThereIsNoByteThatWasMissed() {
    for (int i = 0; i < 5; i++) {
      Tcp tcp = traffic.at(s(i)).tcp(VM, WEB, 8080).rtt(ms(5)).open().exchange(50, 50);
      tcp.server.raw(Side.ACK, tcp.server.next(), tcp.client.next() + 1, 0);
    }
    assertThat(ids(of(traffic))).doesNotContain("Q-MISSED");
  }

  @Test
  void copiesAreTheCapturesUnlessTheirReceiverReportsThem() {
    busy(traffic.copied(Copy.after(us(3)))).copied();
    Quality quality = of(traffic);
    assertThat(ids(quality)).containsExactly("Q-COPIES");
    assertThat(reason(quality, "Q-COPIES").say()).contains("The capture sees");
    assertThat(quality.loss()).isEqualTo(Trust.WITH_CARE);
  }

  @Test
  void copiesThatTheirReceiverReportsCameTwice() {
    Tcp tcp = busy(traffic).tcp(VM, WEB, 8080).rtt(ms(5)).open();
    tcp.server.withoutId();
    for (int i = 0; i < 12; i++) {
      tcp.server.segment(1_000).pause(us(200)).repeat(1_000);
      tcp.client.ack();
    }
    assertThat(reason(of(traffic), "Q-COPIES").say())
        .contains("the network delivers packets twice");
  }

  @Test
  void packetsThatGoInCirclesAreToldAndNotTakenOut() {
    traffic.copied(Copy.after(us(20)).hops(2), Copy.after(us(40)).hops(4));
    assertThat(of(busy(traffic)).reasons())
        .anySatisfy(each -> assertThat(each.say()).contains("go in circles"));
  }

  @Test
  void oneDirectionAloneSilencesWhatCountsAnswers() {
    for (int i = 0; i < 3; i++) {
      oneSided(traffic.at(s(2 * i)).tcp(VM, Host.at("10.9.9." + i), 443));
    }
    Quality quality = of(traffic);
    assertThat(ids(quality)).contains("Q-ONESIDED", "Q-MIDSTREAM");
    assertThat(quality.timing()).isEqualTo(Trust.NOT_TRUSTWORTHY);
    assertThat(quality.silences(Id.C_NOANSWER)).contains("one direction");
  }

  private static void oneSided(Tcp tcp) {
    tcp.opened();
    for (int i = 0; i < 3; i++) {
      tcp.client.segment(1_000);
    }
  }

  @Test
  void aDeadConnectionToAPeerThatAnswersElsewhereIsNotOneSided() {
    oneSided(busy(traffic).tcp(VM, DB, 5432));
    oneSided(traffic.tcp(VM, DB, 5432));
    oneSided(traffic.tcp(VM, DB, 5432));
    assertThat(ids(of(traffic))).doesNotContain("Q-ONESIDED");
  }

  @Test
  void whatIsCutOfPacketsDecidesWhatCanBeRead() {
    assertThat(snap(96).loss()).isEqualTo(Trust.TRUSTWORTHY);
    assertThat(reason(snap(96), "Q-SNAP").say()).contains("headers are whole");
    assertThat(snap(54).loss()).isEqualTo(Trust.WITH_CARE);
    assertThat(snap(40).loss()).isEqualTo(Trust.NOT_TRUSTWORTHY);
    assertThat(snap(40).silences(Id.H_RTT)).isEqualTo("TCP headers are cut");
  }

  private static Quality snap(int bytes) {
    return of(busy(new Traffic(VM).snap(bytes)));
  }

  @Test
  void largeSegmentsAreToldByTheHandshakesSmallerSize() {
    Tcp tcp = busy(traffic).tcp(VM, WEB, 8080).open();
    tcp.client.offload(4_000).segment(4_000);
    tcp.server.ack();
    assertThat(reason(of(traffic), "Q-OFFLOAD").count()).isEqualTo(1);
    Traffic other = busy(new Traffic(VM));
    other.tcp(VM, WEB, 8080).mss(8_960).open().client.segment(8_960);
    assertThat(ids(of(other))).doesNotContain("Q-OFFLOAD");
  }

  @Test
  void timesThatGoBackMakeTimingDoubtful() {
    List<Frame> frames = new ArrayList<>(busy(traffic).frames());
    frames.add(80, frames.remove(40));
    Quality quality = of(CaptureFile.pcap().bytes(frames), Question.NONE);
    assertThat(quality.timing()).isEqualTo(Trust.WITH_CARE);
    Collections.reverse(frames);
    assertThat(of(CaptureFile.pcap().bytes(frames), Question.NONE).loss())
        .isEqualTo(Trust.NOT_TRUSTWORTHY);
  }

  @Test
  void aFileWithAMinuteWithoutFramesIsTwoPieces() {
    busy(traffic);
    for (int i = 0; i < 5; i++) {
      traffic.at(s(100 + i)).tcp(VM, DB, 5432).open().exchange(200, 3_000).close();
    }
    assertThat(reason(of(traffic), "Q-CLOCK").say()).contains("2 pieces");
  }

  @Test
  void aShortFileGivesNoRate() {
    traffic.tcp(VM, DB, 5432).open().exchange(200, 3_000).close();
    Quality quality = of(traffic);
    assertThat(ids(quality)).containsExactly("Q-SHORT");
    assertThat(quality.gives(Need.LENGTH)).isFalse();
  }

  @Test
  void aQuietMachineIsNotAShortFile() {
    traffic.tcp(VM, DB, 5432).open().exchange(200, 300);
    traffic.at(s(6)).tcp(VM, DB, 5432).open().exchange(200, 300);
    assertThat(ids(of(traffic))).doesNotContain("Q-SHORT");
  }

  @Test
  void filtersDenyWhatNeedsAllOfTheTraffic() {
    Quality quality = of(CaptureFile.pcap().bytes(busy(traffic)), asked(null, true));
    assertThat(quality.volume()).isEqualTo(Trust.WITH_CARE);
    assertThat(quality.silences(Id.M_OVER)).isEqualTo("the session had filters");
  }

  @Test
  void amountsOfAnotherTimeAreNotComparedWithTheThreshold() {
    byte[] file = CaptureFile.pcap().bytes(busy(traffic));
    Quality soon = of(file, asked(START.minusSeconds(900), false));
    assertThat(reason(soon, "Q-LATE").say()).contains("15\u00A0min after");
    assertThat(soon.volume()).isEqualTo(Trust.TRUSTWORTHY);
    Quality late = of(file, asked(START.minusSeconds(901), false));
    assertThat(late.volume()).isEqualTo(Trust.NOT_TRUSTWORTHY);
    Quality before = of(file, asked(START.plusSeconds(30), false));
    assertThat(reason(before, "Q-LATE").say()).contains("30.0\u00A0s before");
  }

  @Test
  void withoutAnOwnSideNothingIsSaidOfTheMachine() {
    byte[] file = CaptureFile.pcap().bytes(busy(traffic));
    assertThat(of(file, asked(null, false)).gives(Need.OWN_SIDE)).isTrue();
    Traffic others = new Traffic(WEB);
    others.tcp(DB, VM, 443).client.syn();
    assertThat(of(others).silences(Id.C_DEAF)).contains("machine's own");
  }
}
