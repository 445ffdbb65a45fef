package dev.alertcapture.traffic;

import java.util.List;

/** The options of one segment, padded with NOPs. */
final class TcpOptions {
  private static final int NOP = 1;
  private static final int MSS = 2;
  private static final int SCALE = 3;
  private static final int SACK_PERMITTED = 4;
  private static final int SACK = 5;
  private static final int TIMESTAMPS = 8;
  private static final int MAX = 40;

  private final Octets out = new Octets(MAX);

  TcpOptions mss(int bytes) {
    out.u8(MSS).u8(4).u16(bytes);
    return this;
  }

  TcpOptions scale(int shift) {
    out.u8(NOP).u8(SCALE).u8(3).u8(shift);
    return this;
  }

  TcpOptions sackPermitted() {
    out.u16((NOP << 8) | NOP).u8(SACK_PERMITTED).u8(2);
    return this;
  }

  TcpOptions timestamps(long value, long echo) {
    out.u16((NOP << 8) | NOP).u8(TIMESTAMPS).u8(10).u32(value).u32(echo);
    return this;
  }

  TcpOptions sack(List<Arrivals.Range> blocks) {
    int fit = Math.min(blocks.size(), (MAX - out.size() - 4) / 8);
    if (fit > 0) {
      out.u16((NOP << 8) | NOP).u8(SACK).u8(2 + 8 * fit);
      for (Arrivals.Range block : blocks.subList(0, fit)) {
        out.u32(block.from()).u32(block.to());
      }
    }
    return this;
  }

  byte[] bytes() {
    return out.bytes();
  }
}
