package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;

/** Decides who the client of a flow is: by SYN or SYN-ACK, else by ports, else who came first. */
final class Roles {
  private static final int WELL_KNOWN = 1024;
  private static final int EPHEMERAL = 32_768;

  private final Flows flows;
  private final Services services = new Services();

  Roles(Flows flows) {
    this.flows = flows;
  }

  void opened(int flow) {
    services.add(flows.address(flow, 0), flows.port(flow, 0));
    services.add(flows.address(flow, 1), flows.port(flow, 1));
  }

  void update(int flow, int side, Packet p) {
    if (p.transport == Packet.TCP && p.has(Packet.SYN)) {
      if (flows.client(flow) < 0) {
        flows.client(flow, p.has(Packet.ACK) ? 1 - side : side, false);
      }
    } else if (p.payloadLength > 0 && flows.client(flow) < 0) {
      flows.client(flow, infer(flow), true);
    }
  }

  private int infer(int flow) {
    int first = flows.port(flow, 0);
    int second = flows.port(flow, 1);
    if (first == second) {
      return flows.opener(flow);
    }
    // The server's side, if it is one, has the lower port.
    int server = first < second ? 0 : 1;
    int low = Math.min(first, second);
    int high = Math.max(first, second);
    boolean serves =
        low < WELL_KNOWN
            || services.shared(flows.address(flow, server), low)
            || (low < EPHEMERAL && high >= EPHEMERAL);
    return serves ? 1 - server : flows.opener(flow);
  }
}
