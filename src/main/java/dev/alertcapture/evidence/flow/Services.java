package dev.alertcapture.evidence.flow;

/**
 * How many flows an address and port were an end of, roughly: 65,536 places, the newest wins. It
 * tells servers from clients where no SYN does.
 */
final class Services {
  private static final int SLOTS = 1 << 16;
  private static final int MAX = 255;

  private int[] slots = {};

  /** Counts one more flow. */
  void add(int address, int port) {
    if (slots.length == 0) {
      slots = new int[SLOTS];
    }
    int hash = hash(address, port);
    int at = hash >>> 16;
    int flows = slots[at] & MAX;
    boolean same = (slots[at] ^ hash << 8) >>> 8 == 0;
    slots[at] = hash << 8 | (same ? Math.min(MAX, flows + 1) : 1);
  }

  /** Whether several flows had this end. */
  boolean shared(int address, int port) {
    if (slots.length == 0) {
      return false;
    }
    int hash = hash(address, port);
    int slot = slots[hash >>> 16];
    return (slot ^ hash << 8) >>> 8 == 0 && (slot & MAX) > 1;
  }

  private static int hash(int address, int port) {
    long mixed = ((long) address << 16 | port) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
