package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.flow.Columns;
import java.util.Arrays;

/** What became of SYNs, by a flow's index or by a log's row. */
final class Syns implements Columns {
  /** The server answered with a SYN-ACK. */
  static final byte ACCEPTED = 1;

  /** The server answered the SYN with a reset. */
  static final byte REFUSED = 2;

  /** The client sent the SYN again a second or more after its SYN-ACK was in the file. */
  static final byte UNHEARD = 4;

  /** The server answered the SYN with a bare ACK of another number (RFC 5961, challenge ACK). */
  static final byte CHALLENGED = 8;

  /** The client answered that with a reset, or with its SYN again. */
  static final byte REUSED = 16;

  /** The client acknowledged the SYN-ACK. */
  static final byte COMPLETED = 32;

  /** The initial sequence number of the last SYN. */
  int[] number = {};

  /** SYNs in all, at most 127; 0 where the file has none. */
  byte[] tries = {};

  /** SYNs up to the answer. */
  byte[] triesToAnswer = {};

  byte[] facts = {};
  int[] lastFrame = {};

  /** Microseconds from the first SYN to the first SYN-ACK or reset. */
  int[] wait = {};

  int[] answerFrame = {};

  /** The frame that shows the last of {@link #UNHEARD} and {@link #CHALLENGED}. */
  int[] oddFrame = {};

  /** Milliseconds from the file's first frame to a side's last packet, -1 for none. */
  int[] heard = {};

  @Override
  public void grow(int size) {
    number = Arrays.copyOf(number, size);
    tries = Arrays.copyOf(tries, size);
    triesToAnswer = Arrays.copyOf(triesToAnswer, size);
    facts = Arrays.copyOf(facts, size);
    lastFrame = Arrays.copyOf(lastFrame, size);
    wait = Arrays.copyOf(wait, size);
    answerFrame = Arrays.copyOf(answerFrame, size);
    oddFrame = Arrays.copyOf(oddFrame, size);
    heard = Arrays.copyOf(heard, 2 * size);
  }

  @Override
  public void clear(int at) {
    number[at] = 0;
    tries[at] = triesToAnswer[at] = facts[at] = 0;
    lastFrame[at] = wait[at] = answerFrame[at] = oddFrame[at] = 0;
    heard[2 * at] = heard[2 * at + 1] = -1;
  }

  void syns(int at, int more) {
    tries[at] = (byte) Math.min(Byte.MAX_VALUE, tries[at] + more);
  }

  /** Takes over what is known of a flow; side {@code clientSide} becomes the first. */
  void copy(Syns from, int flow, int row, int clientSide) {
    number[row] = from.number[flow];
    tries[row] = from.tries[flow];
    triesToAnswer[row] = from.triesToAnswer[flow];
    facts[row] = from.facts[flow];
    lastFrame[row] = from.lastFrame[flow];
    wait[row] = from.wait[flow];
    answerFrame[row] = from.answerFrame[flow];
    oddFrame[row] = from.oddFrame[flow];
    heard[2 * row] = from.heard[2 * flow + clientSide];
    heard[2 * row + 1] = from.heard[2 * flow + 1 - clientSide];
  }
}
