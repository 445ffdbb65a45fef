package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Flows;
import dev.alertcapture.evidence.flow.SegmentClass;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * What happened in each TCP flow in the order of first appearances, in Zeek's letters (conn.log,
 * history): capital letters are the client's. {@code S} SYN, {@code H} SYN-ACK, {@code A} ACK,
 * {@code D} data, {@code F} FIN, {@code R} RST, {@code T} sent again, {@code G} gap, {@code W} a
 * closed window.
 */
final class Histories implements Analyser, Columns {
  private static final String LETTERS = "SHADFRTGW";
  private static final int BITS = 5;
  private static final int MAX = 12;

  private long[] letters = {};
  private int[] seen = {};

  Histories(Flows flows) {
    flows.add(this);
  }

  @Override
  public void grow(int flows) {
    letters = Arrays.copyOf(letters, flows);
    seen = Arrays.copyOf(seen, flows);
  }

  @Override
  public void clear(int flow) {
    letters[flow] = 0;
    seen[flow] = 0;
  }

  @Override
  public void opened(int flow, int attempt) {
    if (attempt != Analysis.NONE) {
      note(flow, 0, 0);
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.flow == Analysis.NONE || a.copy || p.transport != Packet.TCP) {
      return;
    }
    if (p.has(Packet.SYN)) {
      note(a.flow, a.side, p.has(Packet.ACK) ? 1 : 0);
    } else if (p.has(Packet.ACK)) {
      note(a.flow, a.side, 2);
    }
    if (p.payloadLength > 0) {
      note(a.flow, a.side, 3);
    }
    if (p.has(Packet.FIN)) {
      note(a.flow, a.side, 4);
    }
    if (p.has(Packet.RST)) {
      note(a.flow, a.side, 5);
    }
    if (a.segment == SegmentClass.AGAIN || a.segment == SegmentClass.CONTROL_AGAIN) {
      note(a.flow, a.side, 6);
    } else if (a.segment == SegmentClass.GAP) {
      note(a.flow, a.side, 7);
    }
    if (p.window == 0 && !p.has(Packet.RST) && !p.has(Packet.SYN)) {
      note(a.flow, a.side, 8);
    }
  }

  private void note(int flow, int side, int letter) {
    int bit = 1 << (2 * letter + side);
    if ((seen[flow] & bit) == 0) {
      int count = Integer.bitCount(seen[flow]);
      seen[flow] |= bit;
      if (count < MAX) {
        letters[flow] |= (2L * letter + side + 1) << (BITS * count);
      }
    }
  }

  /** A flow's letters so far, for {@link #text}. */
  long of(int flow) {
    return letters[flow];
  }

  /** Letters as text, those of the client's side in capitals. */
  static String text(long letters, int clientSide) {
    StringBuilder out = new StringBuilder(MAX);
    for (long rest = letters; rest != 0; rest >>>= BITS) {
      int letter = (int) (rest & (1 << BITS) - 1) - 1;
      char c = LETTERS.charAt(letter / 2);
      out.append(letter % 2 == clientSide ? c : Character.toLowerCase(c));
    }
    return out.toString();
  }
}
