package dev.alertcapture.evidence.names;

/** Spreads keys over hash tables. The same in every run, as reports must be. */
final class Hash {
  private Hash() {}

  /** A number from 0 to 2^31 - 1 that depends on every bit of the key (MurmurHash3's finaliser). */
  static int mix(long key) {
    long h = key;
    h ^= h >>> 33;
    h *= 0xFF51AFD7ED558CCDL;
    h ^= h >>> 33;
    h *= 0xC4CEB9FE1A85EC53L;
    h ^= h >>> 33;
    return (int) h & Integer.MAX_VALUE;
  }
}
