package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * What handshakes tell of where the capture was taken. An end that answers much faster than the
 * other one is near: such a handshake is a vote for it, and one against the other end.
 */
final class Votes {
  /** So many times faster, of legs that take so long together: less is a scheduler's whim. */
  private static final int FASTER = 5;

  private static final long SHORTEST = 500_000;

  /** Per cent of the votes about an address that decide about it. */
  private static final int MAJORITY = 80;

  private int[] ayes = {};
  private int[] noes = {};

  /**
   * The near side of a packet's flow, by the handshake that the packet completes.
   *
   * @return 0, 1, or -1 where the packet completes none or has data, SYN or SYN-ACK came again, the
   *     times are not in order or do not tell the ends apart
   */
  static int nearSide(Tables tables, Packet p, Analysis a) {
    if (!a.connected || !isHandshakes(tables, p, a)) {
      return -1;
    }
    Handshakes handshakes = tables.handshakes;
    int client = a.side;
    int server = 1 - client;
    long toServer = handshakes.synAckTime(a.flow) - handshakes.synTime(a.flow);
    long toClient = p.time - handshakes.synAckTime(a.flow);
    if (toServer < 0 || toClient < 0 || toServer + toClient < SHORTEST) {
      return -1;
    }
    return toServer >= FASTER * toClient ? client : toClient >= FASTER * toServer ? server : -1;
  }

  /**
   * Whether an ACK is the handshake's own: where the file lacks that one, a later one tells how
   * long the client took for something else.
   */
  private static boolean isHandshakes(Tables tables, Packet p, Analysis a) {
    Handshakes handshakes = tables.handshakes;
    int client = a.side;
    int server = 1 - client;
    boolean once = handshakes.tries(a.flow, client) == 1 && handshakes.tries(a.flow, server) == 1;
    return once
        && handshakes.synTime(a.flow) >= 0
        && (handshakes.sent(a.flow) & Handshakes.DATA) == 0
        && p.sequence == tables.sequences.highest(a.flow, client)
        && p.acknowledgment == tables.sequences.highest(a.flow, server);
  }

  void aye(int address) {
    makeRoom(address);
    ayes[address]++;
  }

  void no(int address) {
    makeRoom(address);
    noes[address]++;
  }

  private void makeRoom(int address) {
    if (address >= ayes.length) {
      int size = Math.max(16, 2 * address);
      ayes = Arrays.copyOf(ayes, size);
      noes = Arrays.copyOf(noes, size);
    }
  }

  /** Whether an address is near by most of the votes about it, if there are any. */
  boolean isNear(int address) {
    return address < ayes.length && most(ayes[address], noes[address], 1);
  }

  /** Whether there are so many votes about an address, and most are against it. */
  boolean isFar(int address, int least) {
    return address < ayes.length && most(noes[address], ayes[address], least);
  }

  /** Whether there are votes about an address. */
  boolean isJudged(int address) {
    return address < ayes.length && ayes[address] + noes[address] > 0;
  }

  private static boolean most(int votes, int others, int least) {
    long all = (long) votes + others;
    return all >= least && 100L * votes >= MAJORITY * all;
  }
}
