package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.HalfOpen;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.FlowNames;
import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;
import java.util.Set;

/**
 * Which side of each flow is the machine's. Analysers that ask are added to the tracker after it,
 * and it after those that read names.
 */
public final class Sides implements Analyser, Columns {
  /** No side is known to be the machine's, or neither is. */
  public static final int NEITHER = -1;

  /** Both sides are; of a packet, source and destination. */
  public static final int LOCAL = 2;

  /** {@link #direction}: to this machine, or to a group and not from this machine. */
  public static final int IN = 0;

  public static final int OUT = 1;

  /** {@link #direction}: neither, or not known. */
  public static final int OTHER = 3;

  /** Bits 0 and 1: that side is own. */
  private static final int PLATFORM = 4;

  private static final int HTTPS = 443;

  private final Tables tables;
  private final OwnSide own;
  private final AccountHosts account;
  private byte[] ends = {};

  /**
   * @param accountHosts names of the storage account that captures are uploaded to, lower-cased
   */
  public Sides(Tables tables, OwnSide own, FlowNames names, Set<String> accountHosts) {
    this.tables = tables;
    this.own = own;
    account = new AccountHosts(names, accountHosts);
    tables.flows.add(this);
  }

  @Override
  public void grow(int flows) {
    ends = Arrays.copyOf(ends, flows);
  }

  @Override
  public void clear(int flow) {
    ends[flow] = 0;
  }

  @Override
  public void opened(int flow, int attempt) {
    int first = tables.flows.address(flow, 0);
    int second = tables.flows.address(flow, 1);
    int bits = ends(first, second);
    boolean platform = isPlatform(first) || isPlatform(second);
    ends[flow] = (byte) (platform ? bits | PLATFORM : bits);
  }

  @Override
  public void packet(Packet p, Analysis a) {}

  /** The machine's side of a flow: 0, 1, {@link #LOCAL} or {@link #NEITHER}. */
  public int own(int flow) {
    return side(ends[flow] & 3);
  }

  /** The machine's side of an attempt, as {@link HalfOpen} holds it. */
  public int ownOfAttempt(int attempt) {
    return side(ends(tables.attempts.address(attempt, 0), tables.attempts.address(attempt, 1)));
  }

  /** Whether one end of a flow is 168.63.129.16 or 169.254.169.254. */
  public boolean platform(int flow) {
    return (ends[flow] & PLATFORM) != 0;
  }

  /**
   * Whether a flow uploads the capture: HTTPS to a host of the account. It is so from the packet on
   * that tells the host's name: the client hello, or the first where a lookup told it.
   */
  public boolean ownUpload(int flow) {
    for (int side = 0; side < 2; side++) {
      boolean https =
          tables.flows.protocol(flow) == Packet.TCP && tables.flows.port(flow, side) == HTTPS;
      if (https && account.isHost(flow, side)) {
        return (ends[flow] >> side & 1) == 0;
      }
    }
    return false;
  }

  /**
   * {@link #IN}, {@link #OUT}, {@link #LOCAL} or {@link #OTHER}. What goes to a group and is not
   * this machine's comes in.
   */
  public int direction(Packet p) {
    if (!own.known() || (p.version == 0 && p.transport != Packet.ARP)) {
      return OTHER;
    }
    boolean to = own.isOwn(p.destinationHigh, p.destinationLow);
    if (own.isOwn(p.sourceHigh, p.sourceLow)) {
      return to ? LOCAL : OUT;
    }
    return to || isToGroup(p) ? IN : OTHER;
  }

  private static boolean isToGroup(Packet p) {
    // A subnet's broadcast address can't be told from a host's, but its frames can.
    boolean frame = Macs.isGroup(p.destinationMac);
    boolean cooked = p.cookedType == 1 || p.cookedType == 2;
    return Address.isMulticast(p.destinationHigh, p.destinationLow)
        || (p.outerCount == 0 && (frame || cooked));
  }

  private int ends(int first, int second) {
    return (isOwn(first) ? 1 : 0) | (isOwn(second) ? 2 : 0);
  }

  private boolean isOwn(int address) {
    Addresses all = tables.addresses;
    return own.isOwn(all.high(address), all.low(address));
  }

  private boolean isPlatform(int address) {
    Addresses all = tables.addresses;
    return Platform.is(all.high(address), all.low(address));
  }

  private static int side(int ends) {
    return ends == 0 ? NEITHER : ends == 3 ? LOCAL : ends - 1;
  }
}
