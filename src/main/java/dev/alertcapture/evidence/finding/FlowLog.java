package dev.alertcapture.evidence.finding;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Ends;
import dev.alertcapture.evidence.flow.HalfOpen;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.NameTable;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Platform;
import dev.alertcapture.evidence.self.Sides;
import java.util.Arrays;

/**
 * A row for each flow and each attempt that ended, so that rules can ask at the end of the file
 * what happened to whom. Analysers that come after it find the row of what is just ending in {@link
 * #row}, and keep values of their own by row, in {@link Columns} that they add.
 *
 * <pre>{@code
 * public void closed(int flow) {
 *   int row = log.row();
 *   if (row != FlowLog.NONE) {
 *     zeroWindow[row] = zeroWindowOfFlow[flow];
 *   }
 * }
 * }</pre>
 */
public final class FlowLog implements Analyser {
  public static final int NONE = -1;

  /** The client is the machine, so the connection goes out. */
  public static final byte OUT = 0;

  /** The server is the machine. */
  public static final byte IN = 1;

  /** Both ends are the machine's. */
  public static final byte LOCAL = 2;

  /** It is not known whose the ends are, or neither is the machine's. */
  public static final byte OTHER = 3;

  private static final int MAX_ROWS = 131_072;

  /** So many rows at most are of attempts, which a scan makes without end. */
  private static final int MAX_ATTEMPTS = MAX_ROWS / 2;

  private static final byte ATTEMPT = 1;
  private static final byte INFERRED = 2;
  private static final byte UNDECIDED = 4;
  private static final byte FROM_START = 8;
  private static final byte PLATFORM = 16;
  private static final byte OWN_UPLOAD = 32;

  private final Tables tables;
  private final Sides sides;
  private final Names names;
  private Columns[] columns = {};
  private int count;
  private int attempts;
  private int row = NONE;
  private long left;

  private int[] client = {};
  private int[] server = {};
  private int[] ports = {};
  private byte[] protocol = {};
  private byte[] direction = {};
  private byte[] facts = {};
  private byte[] clientSide = {};
  private int[] name = {};
  private int[] firstFrame = {};
  private int[] lastFrame = {};
  private long[] began = {};
  private long[] last = {};
  private byte[] sent = {};
  private int[] frames = {};
  private long[] bytes = {};
  private long[] payload = {};
  private int[] leg = {};
  private short[] tries = {};

  public FlowLog(Tables tables, Sides sides, Names names) {
    this.tables = tables;
    this.sides = sides;
    this.names = names;
    grow();
  }

  /** Adds columns by row; {@link Columns#clear} is called for each new row. */
  public void add(Columns added) {
    columns = Arrays.copyOf(columns, columns.length + 1);
    columns[columns.length - 1] = added;
    added.grow(client.length);
  }

  private void grow() {
    int size = Math.min(MAX_ROWS, Math.max(1000, 2 * client.length));
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
    for (Columns each : columns) {
      each.grow(size);
    }
  }

  @Override
  public void packet(Packet packet, Analysis analysis) {}

  @Override
  public void closed(int flow) {
    if (!next(false)) {
      return;
    }
    int said = tables.flows.client(flow);
    int side = said < 0 ? tables.flows.opener(flow) : said;
    int facing = 0;
    facing |= tables.flows.clientInferred(flow) ? INFERRED : 0;
    facing |= said < 0 ? UNDECIDED : 0;
    facing |= tables.sequences.fromStart(flow, side) ? FROM_START : 0;
    facing |= sides.platform(flow) ? PLATFORM : 0;
    facing |= sides.ownUpload(flow) ? OWN_UPLOAD : 0;
    facts[row] = (byte) facing;
    clientSide[row] = (byte) side;
    ends(tables.flows, flow, side, sides.own(flow));
    name[row] = names.flowNames().nameOf(flow, 1 - side);
    firstFrame[row] = tables.traffic.firstFrame(flow);
    lastFrame[row] = Math.max(tables.traffic.lastFrame(flow, 0), tables.traffic.lastFrame(flow, 1));
    began[row] = tables.traffic.began(flow);
    last[row] = tables.traffic.last(flow);
    for (int i = 0; i < 2; i++) {
      int of = i == 0 ? side : 1 - side;
      sent[2 * row + i] = (byte) tables.handshakes.sent(flow, of);
      frames[2 * row + i] = tables.traffic.frames(flow, of);
      bytes[2 * row + i] = tables.traffic.bytes(flow, of);
      payload[2 * row + i] = tables.traffic.payload(flow, of);
      leg[2 * row + i] = tables.handshakes.leg(flow, of);
      tries[2 * row + i] = (short) tables.handshakes.tries(flow, of);
    }
  }

  @Override
  public void lapsed(int attempt) {
    if (!next(true)) {
      return;
    }
    HalfOpen from = tables.attempts;
    int own = sides.ownOfAttempt(attempt);
    facts[row] = (byte) (ATTEMPT | FROM_START);
    clientSide[row] = 0;
    ends(from, attempt, 0, own);
    long high = tables.addresses.high(from.address(attempt, 1));
    long low = tables.addresses.low(from.address(attempt, 1));
    name[row] = names.peers().nameOf(high, low);
    facts[row] |= Platform.is(high, low) || isAzures(from.address(attempt, 0)) ? PLATFORM : 0;
    firstFrame[row] = from.firstFrame(attempt);
    lastFrame[row] = from.lastFrame(attempt);
    began[row] = from.began(attempt);
    last[row] = from.last(attempt);
    sent[2 * row] = Handshakes.SYN;
    sent[2 * row + 1] = 0;
    frames[2 * row] = from.frames(attempt);
    bytes[2 * row] = from.bytes(attempt);
    frames[2 * row + 1] = 0;
    bytes[2 * row + 1] = 0;
    payload[2 * row] = payload[2 * row + 1] = 0;
    leg[2 * row] = leg[2 * row + 1] = -1;
    tries[2 * row] = (short) from.tries(attempt);
    tries[2 * row + 1] = 0;
  }

  private boolean isAzures(int address) {
    return Platform.is(tables.addresses.high(address), tables.addresses.low(address));
  }

  /** Begins a row; false where there is no room. */
  private boolean next(boolean attempt) {
    row = NONE;
    if (count == MAX_ROWS || (attempt && attempts == MAX_ATTEMPTS)) {
      left++;
      return false;
    }
    if (count == client.length) {
      grow();
    }
    row = count++;
    attempts += attempt ? 1 : 0;
    for (Columns each : columns) {
      each.clear(row);
    }
    return true;
  }

  private void ends(Ends from, int at, int side, int own) {
    client[row] = keep(from.address(at, side));
    server[row] = keep(from.address(at, 1 - side));
    ports[row] = from.port(at, side) << 16 | from.port(at, 1 - side);
    protocol[row] = (byte) from.protocol(at);
    if (own == Sides.LOCAL) {
      direction[row] = LOCAL;
    } else if (own == Sides.NEITHER) {
      direction[row] = OTHER;
    } else {
      direction[row] = own == side ? OUT : IN;
    }
  }

  private int keep(int address) {
    return tables.addresses.keep(tables.addresses.high(address), tables.addresses.low(address));
  }

  /**
   * The row of the flow or attempt that is ending right now, or {@link #NONE}: there was no room.
   */
  public int row() {
    return row;
  }

  /** How many rows there are. */
  public int size() {
    return count;
  }

  /** Flows and attempts that there was no row for. */
  public long leftOut() {
    return left;
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

  /** {@link #OUT}, {@link #IN}, {@link #LOCAL} or {@link #OTHER}. */
  public byte direction(int at) {
    return direction[at];
  }

  /** The number of the address at the other end: the server's, but for what comes in. */
  public int peer(int at) {
    return direction[at] == IN ? client[at] : server[at];
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
