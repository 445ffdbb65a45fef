package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * Attempts: connections of which the file has only SYNs of one initial number, so far. They are
 * kept apart from {@link Flows}, in a quarter of the memory, so that a scan or a flood drives no
 * real flow out of the table. The oldest make room for new ones.
 */
public final class HalfOpen extends Ends {
  private int[] sequence = new int[capacity()];
  private int[] offer = new int[capacity()];
  private short[] segmentSize = new short[capacity()];
  private long[] began = new long[capacity()];
  private long[] last = new long[capacity()];
  private int[] firstFrame = new int[capacity()];
  private int[] lastFrame = new int[capacity()];
  private short[] frames = new short[capacity()];
  private short[] tries = new short[capacity()];
  private int[] bytes = new int[capacity()];
  private int[] wire = new int[capacity()];
  private short[] piece = new short[capacity()];

  /** Indexes are used in a circle, so the one at the hand is the oldest. */
  private int hand;

  private int used;

  HalfOpen(Addresses addresses, int most) {
    super(addresses, most);
  }

  /** The attempt that has to go before another one can come, or -1. */
  int inTheWay() {
    return used == most && live(hand) ? hand : NONE;
  }

  /** The index that is so many behind the oldest, in the order of age; it may not be live. */
  int byAge(int behind) {
    return (hand + behind) % used;
  }

  /** Adds an attempt without its SYNs. */
  int open(Key key, Packet p, int itsPiece) {
    if (used < most && used == capacity()) {
      grow();
    }
    int at = used < most ? used++ : hand;
    hand = (at + 1) % most;
    put(at, key);
    sequence[at] = p.sequence;
    firstFrame[at] = (int) p.frame;
    began[at] = p.time;
    last[at] = p.time;
    piece[at] = (short) itsPiece;
    frames[at] = tries[at] = 0;
    bytes[at] = wire[at] = 0;
    return at;
  }

  /** Counts one of an attempt's SYNs. */
  void add(int at, Packet p, boolean copy) {
    frames[at] = (short) Math.min(Short.MAX_VALUE, frames[at] + 1);
    lastFrame[at] = (int) p.frame;
    segmentSize[at] = (short) p.options.segmentSize;
    offer[at] = p.options.windowScale << 16 | p.window;
    if (!copy) {
      last[at] = Math.max(last[at], p.time);
      tries[at] = (short) Math.min(Short.MAX_VALUE, tries[at] + 1);
      bytes[at] += p.ipLength;
      wire[at] += p.wireLength;
    }
  }

  @Override
  void grow() {
    super.grow();
    int size = capacity();
    sequence = Arrays.copyOf(sequence, size);
    offer = Arrays.copyOf(offer, size);
    segmentSize = Arrays.copyOf(segmentSize, size);
    began = Arrays.copyOf(began, size);
    last = Arrays.copyOf(last, size);
    firstFrame = Arrays.copyOf(firstFrame, size);
    lastFrame = Arrays.copyOf(lastFrame, size);
    frames = Arrays.copyOf(frames, size);
    tries = Arrays.copyOf(tries, size);
    bytes = Arrays.copyOf(bytes, size);
    wire = Arrays.copyOf(wire, size);
    piece = Arrays.copyOf(piece, size);
  }

  @Override
  public int end() {
    return used;
  }

  /** The initial sequence number of all its SYNs. */
  public int sequence(int at) {
    return sequence[at];
  }

  /** The last SYN's window as it stands in the header. */
  int window(int at) {
    return offer[at] & 0xFFFF;
  }

  /** The last SYN's window scale, -1 for none. */
  int windowScale(int at) {
    return offer[at] >> 16;
  }

  /** The maximum segment size that the last SYN told, 0 for none. */
  public int segmentSize(int at) {
    return segmentSize[at] & 0xFFFF;
  }

  /** The time of the first SYN, in nanoseconds since 1970. */
  public long began(int at) {
    return began[at];
  }

  /** The highest time of a SYN. */
  public long last(int at) {
    return last[at];
  }

  public int firstFrame(int at) {
    return firstFrame[at];
  }

  public int lastFrame(int at) {
    return lastFrame[at];
  }

  /** SYNs in the file, copies included; 32,767 stands for any number above. */
  public int frames(int at) {
    return frames[at];
  }

  /** SYNs sent, without copies; 32,767 stands for any number above. */
  public int tries(int at) {
    return tries[at];
  }

  /** Bytes by IP total length. */
  public int bytes(int at) {
    return bytes[at];
  }

  /** Bytes by the frames' length. */
  public int wire(int at) {
    return wire[at];
  }

  /** The piece of the file, as {@link Timeline} counts them. */
  public int piece(int at) {
    return piece[at];
  }
}
