package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.report.Json;
import dev.alertcapture.evidence.report.Section;
import dev.alertcapture.evidence.self.Sides;

/**
 * All packets and bytes by direction, without copies: exact. Bytes are IP total lengths. What is
 * Azure's own and the capture's own upload is counted beside, as a part of that.
 */
final class Totals implements Analyser, Section {
  /** In, out, local, other: as {@link Sides#direction} numbers them. */
  private static final String[] NAMES = {"in", "out", "local", "other"};

  /** For {@link #lastDirection()}: the packet does not count. */
  static final int NONE = -1;

  private final Tables tables;
  private final Sides sides;
  private final long[] bytes = new long[NAMES.length];
  private final long[] wire = new long[NAMES.length];
  private final long[] packets = new long[NAMES.length];
  private final long[] platform = new long[2];
  private final long[] upload = new long[2];
  private int lastDirection = NONE;

  Totals(Tables tables, Sides sides) {
    this.tables = tables;
    this.sides = sides;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    lastDirection = NONE;
    if (a.copy || p.version == 0) {
      return;
    }
    int direction = sides.direction(p);
    lastDirection = direction;
    packets[direction]++;
    bytes[direction] += p.ipLength;
    wire[direction] += p.wireLength;
  }

  @Override
  public void closed(int flow) {
    int own = sides.own(flow);
    if (own != 0 && own != 1) {
      return;
    }
    long[] sum = sides.platform(flow) ? platform : sides.ownUpload(flow) ? upload : null;
    if (sum != null) {
      sum[Sides.OUT] += tables.traffic.bytes(flow, own);
      sum[Sides.IN] += tables.traffic.bytes(flow, 1 - own);
    }
  }

  /** Where the last packet went, {@link #NONE} for a copy and for what is not IP. */
  int lastDirection() {
    return lastDirection;
  }

  /** Bytes in a direction, without Azure's own and the capture's upload. */
  long real(int direction) {
    return direction > Sides.OUT
        ? bytes[direction]
        : Math.max(0, bytes[direction] - platform[direction] - upload[direction]);
  }

  long bytes(int direction) {
    return bytes[direction];
  }

  long packets(int direction) {
    return packets[direction];
  }

  long packets() {
    return packets[0] + packets[1] + packets[2] + packets[3];
  }

  /** Bytes of the capture's own upload, out. */
  long upload() {
    return upload[Sides.OUT];
  }

  @Override
  public void write(Json json) {
    json.object("totals");
    for (int i = 0; i < NAMES.length; i++) {
      if (packets[i] > 0) {
        json.object(NAMES[i]).put("packets", packets[i]).put("bytes", bytes[i]);
        json.put("wireBytes", wire[i]).endObject();
      }
    }
    json.object("platform").put("in", platform[Sides.IN]).put("out", platform[Sides.OUT]);
    json.endObject();
    json.object("ownUpload").put("in", upload[Sides.IN]).put("out", upload[Sides.OUT]);
    json.endObject().endObject();
  }
}
