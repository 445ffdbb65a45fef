package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsStreamsTest {
  private final DnsStreams streams = new DnsStreams(new Pages());
  private final List<byte[]> messages = new ArrayList<>();
  private int conversation = 3;
  private final byte[] two = framed(message(30), message(200));

  private static byte[] message(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[2] = (byte) (length % 2 == 0 ? 0x01 : 0x81); // query or response
    bytes[4] = 0;
    bytes[5] = 1;
    return bytes;
  }

  private static byte[] framed(byte[]... messages) {
    Octets octets = octets();
    for (byte[] message : messages) {
      octets.u16(message.length).bytes(message);
    }
    return octets.get();
  }

  private void segment(int direction, int sequence, byte[] stream, int from, int to) {
    segment(direction, sequence + from, stream, from, to, 0);
  }

  private void segment(int direction, int seq, byte[] stream, int from, int to, int missing) {
    streams.segment(conversation, direction, seq, stream, from, to, missing, this::keep);
  }

  private void keep(byte[] bytes, int from, int to) {
    messages.add(Arrays.copyOfRange(bytes, from, to));
  }

  @Test
  void readsMessagesThatAreWholeInTheirSegment() {
    segment(0, 100, two, 0, two.length);
    assertThat(messages).containsExactly(message(30), message(200));
  }

  @Test
  void putsMessagesTogetherWhereverTheSegmentsEnd() {
    for (int cut = 1; cut < two.length; cut++) {
      messages.clear();
      int start = -100 + 1_000 * cut; // the first stream goes over sequence number 0
      conversation++;
      segment(0, start, two, 0, cut);
      segment(0, start, two, cut, two.length);
      assertThat(messages).as("cut at %d", cut).containsExactly(message(30), message(200));
    }
  }

  @Test
  void takesByteByByteInBothDirections() {
    for (int i = 0; i < two.length; i++) {
      segment(0, 5, two, i, i + 1);
      segment(1, 9_000, two, i, i + 1);
    }
    assertThat(messages).containsExactly(message(30), message(30), message(200), message(200));
  }

  @Test
  void passesOverWhatComesAgain() {
    segment(0, 100, two, 0, 50);
    segment(0, 100, two, 0, 50);
    segment(0, 100, two, 20, two.length);
    segment(0, 100, two, 40, 60);
    assertThat(messages).containsExactly(message(30), message(200));
  }

  @Test
  void beginsAnewAfterAGap() {
    segment(0, 100, two, 0, 50);
    segment(0, 100, two, 60, two.length); // the second message lacks ten bytes
    messages.clear();
    segment(0, 1_000, two, 0, two.length);
    assertThat(messages).containsExactly(message(30), message(200));
  }

  @Test
  void passesOverSegmentsThatBeginInsideAMessage() {
    byte[] body = message(600);
    Arrays.fill(body, 12, 600, (byte) 0xFF);
    byte[] stream = framed(body, message(30));
    segment(0, 0, stream, 300, 632);
    segment(1, 0, stream, 0, 100);
    segment(1, 0, stream, 200, 400);
    segment(1, 0, stream, 400, 602);
    assertThat(messages).isEmpty();
    segment(1, 0, stream, 602, 634);
    assertThat(messages).containsExactly(message(30));
  }

  @Test
  void aStreamBeginsWithAMessageOfAKnownKindOnly() {
    byte[] opcode = framed(message(30));
    opcode[4] = (byte) (6 << 3);
    segment(0, 0, opcode, 0, opcode.length);
    byte[] questions = framed(message(30));
    questions[7] = 2;
    segment(1, 0, questions, 0, questions.length);
    assertThat(messages).isEmpty();
    byte[] update = framed(message(30));
    update[4] = (byte) (5 << 3);
    conversation++;
    segment(0, 0, update, 0, update.length);
    assertThat(messages).hasSize(1);
  }

  @Test
  void readsTheStartOfAMessageThatIsTooLong() {
    byte[] stream = framed(message(60_000), message(30));
    for (int at = 0; at < stream.length; at += 1_000) {
      segment(0, 1, stream, at, Math.min(stream.length, at + 1_000));
    }
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0)).isEqualTo(Arrays.copyOf(message(60_000), Pages.MAX_LENGTH - 2));
    assertThat(messages.get(1)).isEqualTo(message(30));
  }

  @Test
  void readsWhatWasCapturedOfACutMessage() {
    segment(0, 100, two, 0, 20, two.length - 20);
    assertThat(messages).containsExactly(Arrays.copyOf(message(30), 18));
    segment(0, 100 + two.length, two, 0, two.length, 0);
    assertThat(messages).hasSize(3);
  }

  @Test
  void followsTheLastSidesOnly() {
    byte[] one = framed(message(30));
    for (int flow = 0; flow <= DnsStreams.MAX_SIDES; flow++) {
      streams.segment(flow, 0, 7, one, 0, one.length, 0, this::keep);
    }
    messages.clear();
    streams.segment(1, 0, 7, one, 0, one.length, 0, this::keep);
    assertThat(messages).as("a side that is known: nothing new").isEmpty();
    streams.segment(0, 0, 7, one, 0, one.length, 0, this::keep);
    assertThat(messages).as("a side that was forgotten").hasSize(1);
  }

  @Test
  void aMessageWhosePagesWereNeededIsGivenUp() {
    segment(0, 100, two, 0, 50);
    for (int flow = 100; flow < 100 + Pages.MAX_PAGES; flow++) {
      streams.segment(flow, 0, 7, two, 0, 5, 0, this::keep);
    }
    messages.clear();
    segment(0, 100, two, 50, two.length);
    assertThat(messages).isEmpty();
    segment(0, 100 + two.length, two, 0, two.length);
    assertThat(messages).hasSize(2);
  }
}
