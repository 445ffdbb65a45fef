package dev.alertcapture.evidence.finding;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Ends;
import dev.alertcapture.evidence.flow.HalfOpen;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Platform;
import dev.alertcapture.evidence.self.Sides;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

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
public final class FlowLog extends FlowRows implements Analyser {
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

  private final Tables tables;
  private final Sides sides;
  private final Names names;
  private Columns[] columns = {};
  private int count;
  private int attempts;
  private int row = NONE;
  private long left;
  private int[] byService = {};

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
    resize(size);
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

  /**
   * All rows by protocol, direction, server's port and address, then in the order of their first
   * frames. Several rules ask for it when the file was read, and it is sorted for the first.
   */
  int[] byService() {
    if (byService.length != count) {
      byService =
          IntStream.range(0, count)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingInt(this::protocol)
                      .thenComparingInt(this::direction)
                      .thenComparingInt(this::serverPort)
                      .thenComparingInt(this::server)
                      .thenComparingInt(this::firstFrame))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    return byService;
  }

  /** How many rows there are. */
  public int size() {
    return count;
  }

  /** Flows and attempts that there was no row for. */
  public long leftOut() {
    return left;
  }
}
