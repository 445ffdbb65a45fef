package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** Which addresses send from which MAC, and which MACs talk to Azure's router alone. */
final class Macs {
  /** 12:34:56:78:9a:bc, which all frames of a machine in Azure go to or come from. */
  static final long ROUTER = 0x1234_5678_9ABCL;

  /** Of a MAC: it has unicast frames to or from the router, to or from another MAC. */
  private static final int ROUTED = 1;

  private static final int NEIGHBOURS = 2;

  /** Of a MAC, while {@link #neighbours} looks. */
  private static final int CHOSEN = 4;

  private final AddressIndex macs = new AddressIndex();

  /** A MAC's number and that of an address which sends from it. */
  private final AddressIndex pairs = new AddressIndex();

  private final Flags flags = new Flags();

  /** How many addresses send from a MAC. */
  private int[] sources = new int[16];

  /** Takes a frame of any kind in. */
  void frame(Packet p) {
    if (p.sourceMac >= 0 && p.destinationMac >= 0 && !isGroup(p.destinationMac)) {
      boolean routed = p.sourceMac == ROUTER || p.destinationMac == ROUTER;
      flags.raise(macs.add(0, p.sourceMac), routed ? ROUTED : NEIGHBOURS);
      flags.raise(macs.add(0, p.destinationMac), routed ? ROUTED : NEIGHBOURS);
    }
  }

  /** Whether a MAC stands for several machines: multicast or broadcast. */
  static boolean isGroup(long mac) {
    return mac >= 0 && (mac >> 40 & 1) != 0;
  }

  /** An address, by its number, has sent a packet from a MAC; -1 is none. */
  void source(long mac, int address) {
    if (mac < 0) {
      return;
    }
    int number = macs.add(0, mac);
    int before = pairs.count();
    pairs.add(number, address);
    if (pairs.count() > before) {
      if (number >= sources.length) {
        sources = Arrays.copyOf(sources, 2 * number);
      }
      sources[number]++;
    }
  }

  /** Whether all addresses send from this MAC. */
  boolean isOnly(long mac) {
    for (int i = 0; i < pairs.count(); i++) {
      if (mac(i) != mac) {
        return false;
      }
    }
    return true;
  }

  /** Raises a flag of the addresses behind MACs that talk to the router alone. */
  void behindRouter(Flags addresses, int flag) {
    for (int i = 0; i < pairs.count(); i++) {
      boolean alone = flags.of(macNumber(i), ROUTED | NEIGHBOURS) == ROUTED;
      if (alone && mac(i) != ROUTER && !comesFromRouter(address(i))) {
        addresses.raise(address(i), flag);
      }
    }
  }

  /** Whether frames from the router have this source: then a machine that sends it passes it on. */
  private boolean comesFromRouter(int address) {
    int router = macs.find(0, ROUTER);
    return router >= 0 && pairs.find(router, address) >= 0;
  }

  /**
   * Raises a flag of all addresses that send from the MAC of one that has the flag, where that MAC
   * has at most so many.
   */
  void neighbours(Flags addresses, int flag, int most) {
    for (int i = 0; i < pairs.count(); i++) {
      // A loopback interface's MAC is zero, and anybody's.
      boolean one = mac(i) != 0 && sources[macNumber(i)] <= most;
      if (one && addresses.of(address(i), flag) != 0) {
        flags.raise(macNumber(i), CHOSEN);
      }
    }
    for (int i = 0; i < pairs.count(); i++) {
      if (flags.of(macNumber(i), CHOSEN) != 0) {
        addresses.raise(address(i), flag);
      }
    }
  }

  private int macNumber(int pair) {
    return (int) pairs.high(pair);
  }

  private long mac(int pair) {
    return macs.low(macNumber(pair));
  }

  private int address(int pair) {
    return (int) pairs.low(pair);
  }
}
