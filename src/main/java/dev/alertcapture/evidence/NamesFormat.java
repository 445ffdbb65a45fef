package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.names.DnsMessage;
import dev.alertcapture.evidence.names.DnsTransactions;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.names.NameTable;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.names.NamesListener;
import dev.alertcapture.evidence.packet.Packet;

/**
 * Prints the names that tshark would show, for comparing with it, with tabs between:
 *
 * <pre>
 * dns   FRAME  RESPONSE_TO  MICROSECONDS  RCODE  retransmission|unsolicited
 * name  FRAME  NAME
 * </pre>
 *
 * <p>{@code dns} is a response on port 53, with the frame of its query and the time since that
 * where it is the first one to it; {@code name} is the server name of a client hello.
 */
final class NamesFormat implements Analyser, NamesListener {
  private static final int NANOS_PER_MICRO = 1_000;

  private final Output out;
  private final NameTable table;

  NamesFormat(Names names, Output out) {
    this.out = out;
    this.table = names.table();
    names.add(this);
  }

  @Override
  public void dns(
      Packet packet,
      Analysis analysis,
      DnsMessage message,
      DnsTransactions transactions,
      Role role,
      int slot) {
    if (!message.isResponse()) {
      return;
    }
    StringBuilder line = out.text().append("dns\t").append(packet.frame).append('\t');
    if (role == Role.RESPONSE) {
      line.append(transactions.queryFrame(slot)).append('\t');
      line.append(Math.floorDiv(packet.time - transactions.queryTime(slot), NANOS_PER_MICRO));
    } else {
      line.append('\t');
    }
    line.append('\t').append(message.responseCode()).append('\t');
    if (role == Role.REPEATED) {
      line.append("retransmission");
    } else if (role == Role.UNSOLICITED) {
      line.append("unsolicited");
    }
    out.endLine();
  }

  @Override
  public void clientHello(Packet packet, Analysis analysis, int name, int version) {
    if (name != NameTable.NONE) {
      out.text().append("name\t").append(packet.frame).append('\t').append(table.text(name));
      out.endLine();
    }
  }

  @Override
  public void packet(Packet packet, Analysis analysis) {
    // All lines are the listener's.
  }

  @Override
  public void end() {
    out.flush();
  }
}
