package dev.alertcapture.evidence.finding;

import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.NameTable;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** What the {@link FlowLog} keeps of each row, for rules to read. */
public abstract sealed class FlowRows permits FlowLog {
  // Bits of a row's facts.
  static final byte ATTEMPT = 1;
  static final byte INFERRED = 2;
  static final byte UNDECIDED = 4;
  static final byte FROM_START = 8;
  static final byte PLATFORM = 16;
  static final byte OWN_UPLOAD = 32;

  int[] client = {};
  int[] server = {};
  int[] ports = {};
  byte[] protocol = {};
  byte[] direction = {};
  byte[] facts = {};
  byte[] clientSide = {};
  int[] name = {};
  int[] firstFrame = {};
  int[] lastFrame = {};
  long[] began = {};
  long[] last = {};
  byte[] sent = {};
  int[] frames = {};
  long[] bytes = {};
  long[] payload = {};
  int[] leg = {};
  short[] tries = {};

  /** Makes room for so many rows. */
  void resize(int size) {
    client = Arrays.copyOf(client, size);
    server = Arrays.copyOf(server, size);
    ports = Arrays.copyOf(ports, size);
    protocol = Arrays.copyOf(protocol, size);
    direction = Arrays.copyOf(direction, size);
    facts = Arrays.copyOf(facts, size);
    clientSide = Arrays.copyOf(clientSide, size);
    name = Arrays.copyOf(name, size);
    firstFrame = Arrays.copyOf(firstFrame, size);
    lastFrame = Arrays.copyOf(lastFrame, size);
    began = Arrays.copyOf(began, size);
    last = Arrays.copyOf(last, size);
    sent = Arrays.copyOf(sent, 2 * size);
    frames = Arrays.copyOf(frames, 2 * size);
    bytes = Arrays.copyOf(bytes, 2 * size);
    payload = Arrays.copyOf(payload, 2 * size);
    leg = Arrays.copyOf(leg, 2 * size);
    tries = Arrays.copyOf(tries, 2 * size);
  }

  /** The number of the client's address in {@link Tables#addresses}; -1 where there was no room. */
  public int client(int at) {
    return client[at];
  }

  /** The number of the server's address. */
  public int server(int at) {
    return server[at];
  }

  public int clientPort(int at) {
    return ports[at] >>> 16;
  }

  public int serverPort(int at) {
    return ports[at] & 0xFFFF;
  }

  /** The IP protocol's number. */
  public int protocol(int at) {
    return protocol[at] & 0xFF;
  }

  public boolean isTcp(int at) {
    return protocol(at) == Packet.TCP;
  }

  /** {@link FlowLog#OUT}, {@link FlowLog#IN}, {@link FlowLog#LOCAL} or {@link FlowLog#OTHER}. */
  public byte direction(int at) {
    return direction[at];
  }

  /** The number of the address at the other end: the server's, but for what comes in. */
  public int peer(int at) {
    return direction[at] == FlowLog.IN ? client[at] : server[at];
  }

  /** Only SYNs of one number, and no answer. */
  public boolean isAttempt(int at) {
    return (facts[at] & ATTEMPT) != 0;
  }

  /** The client was concluded from ports and the like. */
  public boolean isInferred(int at) {
    return (facts[at] & INFERRED) != 0;
  }

  /** Nothing decides who the client is; the first sender stands for it. */
  public boolean isUndecided(int at) {
    return (facts[at] & UNDECIDED) != 0;
  }

  /** The file has the client's SYN. */
  public boolean isFromStart(int at) {
    return (facts[at] & FROM_START) != 0;
  }

  /** Azure's own: 168.63.129.16 or 169.254.169.254 is at one end. */
  public boolean isPlatform(int at) {
    return (facts[at] & PLATFORM) != 0;
  }

  /** The capture's own upload. */
  public boolean isOwnUpload(int at) {
    return (facts[at] & OWN_UPLOAD) != 0;
  }

  /** Which side of the flow was the client's: 0 or 1, as {@link Analysis#side} counts. */
  public int clientSide(int at) {
    return clientSide[at];
  }

  /** The number of the server's name, or {@link NameTable#NONE}. */
  public int name(int at) {
    return name[at];
  }

  /** The number of the name of {@link #peer}, which is the server's and never a client's. */
  public int peerName(int at) {
    return direction[at] == FlowLog.IN ? NameTable.NONE : name[at];
  }

  public int firstFrame(int at) {
    return firstFrame[at];
  }

  public int lastFrame(int at) {
    return lastFrame[at];
  }

  /** Nanoseconds since 1970. */
  public long began(int at) {
    return began[at];
  }

  /** The highest time of a packet, in nanoseconds since 1970. */
  public long last(int at) {
    return last[at];
  }

  /**
   * What one end has sent: bits of {@code Handshakes}.
   *
   * @param end 0 for the client, 1 for the server; so in all that follow
   */
  public int sent(int at, int end) {
    return sent[2 * at + end];
  }

  public int frames(int at, int end) {
    return frames[2 * at + end];
  }

  /** Bytes by IP total length. */
  public long bytes(int at, int end) {
    return bytes[2 * at + end];
  }

  /** Bytes behind the transport header, resends included. */
  public long payload(int at, int end) {
    return payload[2 * at + end];
  }

  /** Microseconds to an end and back, by the handshake; -1 unknown. */
  public int leg(int at, int end) {
    return leg[2 * at + end];
  }

  /** SYNs or SYN-ACKs that an end has sent with its last number. */
  public int tries(int at, int end) {
    return tries[2 * at + end];
  }
}
