package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** How much each flow carried, and when. Copies count in frames alone. */
public final class Traffic implements Columns {
  private long[] began = {};
  private long[] last = {};
  private long[] active = {};
  private int[] piece = {};
  private int[] firstFrame = {};
  private int[] lastFrame = {};
  private int[] frames = {};
  private long[] bytes = {};
  private long[] payload = {};
  private long[] wire = {};
  private byte[] copies = {};

  @Override
  public void grow(int flows) {
    began = Arrays.copyOf(began, flows);
    last = Arrays.copyOf(last, flows);
    active = Arrays.copyOf(active, flows);
    piece = Arrays.copyOf(piece, flows);
    firstFrame = Arrays.copyOf(firstFrame, flows);
    lastFrame = Arrays.copyOf(lastFrame, 2 * flows);
    frames = Arrays.copyOf(frames, 2 * flows);
    bytes = Arrays.copyOf(bytes, 2 * flows);
    payload = Arrays.copyOf(payload, 2 * flows);
    wire = Arrays.copyOf(wire, 2 * flows);
    copies = Arrays.copyOf(copies, flows);
  }

  @Override
  public void clear(int flow) {
    began[flow] = 0;
    last[flow] = 0;
    active[flow] = 0;
    piece[flow] = 0;
    firstFrame[flow] = 0;
    copies[flow] = 0;
    for (int i = 2 * flow; i <= 2 * flow + 1; i++) {
      lastFrame[i] = 0;
      frames[i] = 0;
      bytes[i] = 0;
      payload[i] = 0;
      wire[i] = 0;
    }
  }

  void add(int flow, int side, Packet p, int itsPiece, boolean copy) {
    int i = 2 * flow + side;
    if (firstFrame[flow] == 0) {
      firstFrame[flow] = (int) p.frame;
      began[flow] = p.time;
      active[flow] = p.time;
      last[flow] = p.time;
    }
    piece[flow] = itsPiece;
    lastFrame[i] = (int) p.frame;
    frames[i]++;
    if (copy) {
      return;
    }
    last[flow] = Math.max(last[flow], p.time);
    bytes[i] += p.ipLength;
    wire[i] += p.wireLength;
    payload[i] += p.payloadLength;
    boolean control =
        p.transport == Packet.TCP && (p.flags & (Packet.SYN | Packet.FIN | Packet.RST)) != 0;
    if (p.payloadLength > 0 || control) {
      active[flow] = Math.max(active[flow], p.time);
    }
  }

  /** Takes over the SYNs that an attempt had before it became a flow. */
  void resume(int flow, HalfOpen attempts, int attempt) {
    int i = 2 * flow;
    firstFrame[flow] = attempts.firstFrame(attempt);
    began[flow] = attempts.began(attempt);
    active[flow] = attempts.last(attempt);
    last[flow] = attempts.last(attempt);
    piece[flow] = attempts.piece(attempt);
    lastFrame[i] = attempts.lastFrame(attempt);
    frames[i] = attempts.frames(attempt);
    bytes[i] = attempts.bytes(attempt);
    wire[i] = attempts.wire(attempt);
  }

  /** Copies with an IP id or TCP payload so far, at most 127. */
  int sureCopies(int flow) {
    return copies[flow];
  }

  void sureCopy(int flow) {
    copies[flow] = (byte) Math.min(Byte.MAX_VALUE, copies[flow] + 1);
  }

  /** The piece of the file, as {@link Timeline} counts them, in which the flow is. */
  public int piece(int flow) {
    return piece[flow];
  }

  /** The time of the first packet, in nanoseconds since 1970 as all times here. */
  public long began(int flow) {
    return began[flow];
  }

  /** The highest time of a packet. */
  public long last(int flow) {
    return last[flow];
  }

  /**
   * The highest time of a packet with payload, SYN, FIN or RST; the first packet's where none has.
   */
  public long active(int flow) {
    return active[flow];
  }

  public int firstFrame(int flow) {
    return firstFrame[flow];
  }

  /** The last frame that a side sent, 0 for none. */
  public int lastFrame(int flow, int side) {
    return lastFrame[2 * flow + side];
  }

  /** Packets that a side sent, copies included. */
  public int frames(int flow, int side) {
    return frames[2 * flow + side];
  }

  /** Bytes by IP total length, the outermost in a tunnel. */
  public long bytes(int flow, int side) {
    return bytes[2 * flow + side];
  }

  /** Bytes behind the transport header, resends included. */
  public long payload(int flow, int side) {
    return payload[2 * flow + side];
  }

  /** Bytes by the frames' length, layer 2 included. */
  public long wire(int flow, int side) {
    return wire[2 * flow + side];
  }
}
