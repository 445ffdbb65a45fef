package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * How TCP flows were opened and what each side has sent. A leg is the time from the point of
 * capture to a side and back: SYN to SYN-ACK is the server's, SYN-ACK to ACK the client's. There is
 * none where a SYN or SYN-ACK was sent again (Karn), for nobody knows which of them was answered.
 */
public final class Handshakes implements Columns {
  /** {@link #sent}: a SYN without ACK. */
  public static final int SYN = 1;

  public static final int SYN_ACK = 2;

  /** {@link #sent}: an ACK without SYN. */
  public static final int ACK = 4;

  public static final int DATA = 8;
  public static final int FIN = 16;
  public static final int RST = 32;

  private static final int MAX_TRIES = 127;

  private byte[] sent = {};
  private short[] segmentSize = {};
  private byte[] tries = {};
  private int[] leg = {};
  private long[] synTime = {};
  private long[] synAckTime = {};

  @Override
  public void grow(int flows) {
    sent = Arrays.copyOf(sent, 2 * flows);
    segmentSize = Arrays.copyOf(segmentSize, 2 * flows);
    tries = Arrays.copyOf(tries, 2 * flows);
    leg = Arrays.copyOf(leg, 2 * flows);
    synTime = Arrays.copyOf(synTime, flows);
    synAckTime = Arrays.copyOf(synAckTime, flows);
  }

  @Override
  public void clear(int flow) {
    for (int i = 2 * flow; i <= 2 * flow + 1; i++) {
      sent[i] = 0;
      segmentSize[i] = 0;
      tries[i] = 0;
      leg[i] = -1;
    }
    synTime[flow] = -1;
    synAckTime[flow] = -1;
  }

  void resume(int flow, HalfOpen attempts, int attempt) {
    sent[2 * flow] = SYN;
    segmentSize[2 * flow] = (short) attempts.segmentSize(attempt);
    tries[2 * flow] = (byte) Math.min(MAX_TRIES, attempts.tries(attempt));
    synTime[flow] = attempts.last(attempt);
  }

  /** Another number: what was measured of the attempt before says nothing of this one. */
  void again(int flow) {
    tries[2 * flow] = tries[2 * flow + 1] = 0;
    leg[2 * flow] = leg[2 * flow + 1] = -1;
    synTime[flow] = synAckTime[flow] = -1;
  }

  /** Takes a segment in that is no copy; true where it completes the handshake. */
  boolean next(int flow, int side, Packet p) {
    int i = 2 * flow + side;
    int j = 2 * flow + 1 - side;
    boolean connected = false;
    if (p.has(Packet.SYN)) {
      tries[i] = (byte) Math.min(MAX_TRIES, tries[i] + 1);
      segmentSize[i] = (short) p.options.segmentSize;
      if (!p.has(Packet.ACK)) {
        sent[i] |= SYN;
        synTime[flow] = p.time;
      } else {
        sent[i] |= SYN_ACK;
        boolean measured = tries[i] == 1 && tries[j] == 1 && synTime[flow] >= 0;
        leg[i] = measured ? micros(p.time - synTime[flow]) : -1;
        synAckTime[flow] = p.time;
      }
    } else if (p.has(Packet.ACK)) {
      boolean firstAck = (sent[i] & (SYN | ACK)) == SYN && (sent[j] & SYN_ACK) != 0;
      connected = firstAck && !p.has(Packet.RST);
      if (connected && tries[i] == 1 && tries[j] == 1) {
        leg[i] = micros(p.time - synAckTime[flow]);
      }
      sent[i] |= ACK;
    }
    int more = p.payloadLength > 0 ? DATA : 0;
    more |= p.has(Packet.FIN) ? FIN : 0;
    more |= p.has(Packet.RST) ? RST : 0;
    sent[i] |= (byte) more;
    return connected;
  }

  static int micros(long nanoseconds) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, nanoseconds / 1000));
  }

  /** What a side has sent so far: bits of this class. */
  public int sent(int flow, int side) {
    return sent[2 * flow + side];
  }

  /** What both sides have sent so far. */
  public int sent(int flow) {
    return sent[2 * flow] | sent[2 * flow + 1];
  }

  /** The maximum segment size that a side told, 0 for none. */
  public int segmentSize(int flow, int side) {
    return segmentSize[2 * flow + side] & 0xFFFF;
  }

  /** SYNs, or SYN-ACKs, that a side has sent with its present number. */
  public int tries(int flow, int side) {
    return tries[2 * flow + side];
  }

  /** Microseconds from the point of capture to a side and back, by the handshake; -1 unknown. */
  public int leg(int flow, int side) {
    return leg[2 * flow + side];
  }

  /** The time of the last SYN without ACK, -1 for none. */
  public long synTime(int flow) {
    return synTime[flow];
  }

  /** The time of the last SYN-ACK, -1 for none. */
  public long synAckTime(int flow) {
    return synAckTime[flow];
  }
}
