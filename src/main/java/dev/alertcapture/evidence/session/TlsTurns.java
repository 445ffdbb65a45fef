package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.flow.Flows;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.names.TlsFlows;
import dev.alertcapture.evidence.packet.Packet;

/**
 * Which segments of a TLS connection are turns of the applications in it. The client hello and the
 * server's answer are; then records of application data, but for those with which TLS 1.3 carries
 * the rest of its handshake and session tickets (RFC 8446, 4 and 5.2), and closing alerts.
 */
final class TlsTurns {
  /** No longer than an encrypted alert of TLS 1.3 (RFC 8446, 6.1), or an HTTP/2 SETTINGS ACK. */
  static final int NO_TURN = 31;

  private static final int MAX_TICKETS = 1_100;

  // Bits by flow.
  private static final int CLIENT_SPOKE = 1;
  private static final int FINISHED = 2;
  private static final int TICKETS = 4;
  private static final int PAST_TICKETS = 8;

  private final Names names;
  private final Shorts state = new Shorts(1, 0);
  private final Shorts ticketBytes = new Shorts(1, 0);

  TlsTurns(Context context) {
    names = context.names();
    Flows flows = context.tables().flows;
    flows.add(state);
    flows.add(ticketBytes);
  }

  boolean isTls(int flow, int client) {
    return names.tls().has(flow, client, TlsFlows.CLIENT_HELLO);
  }

  /** The file lacks some of a segment, so records can't be followed. */
  boolean isCut(Packet p) {
    return p.payloadTo - p.payloadFrom < p.payloadLength;
  }

  /** Whether what the client sends is a request, or more of the one in hand. */
  boolean asks(int flow, int client, boolean asking, Packet p) {
    if (!names.tls().has(flow, 1 - client, TlsFlows.SERVER_HELLO)) {
      return true;
    }
    boolean data = (names.tlsEvents() & TlsFlows.APPLICATION_DATA) != 0;
    if (data && (state.get(flow) & CLIENT_SPOKE) == 0) {
      state.set(flow, state.get(flow) | CLIENT_SPOKE);
      if (names.tls().has(flow, 1 - client, TlsFlows.APPLICATION_DATA)) {
        state.set(flow, state.get(flow) | FINISHED);
        return false;
      }
    }
    return (data || asking) && p.payloadLength > NO_TURN;
  }

  /** Whether what the server sends can be an answer. */
  boolean answers(int flow, int client, Packet p) {
    TlsFlows tls = names.tls();
    boolean hello = (names.tlsEvents() & TlsFlows.SERVER_HELLO) != 0;
    if (hello || !tls.has(flow, 1 - client, TlsFlows.SERVER_HELLO)) {
      return true;
    }
    return (state.get(flow) & CLIENT_SPOKE) != 0 && p.payloadLength > NO_TURN;
  }

  /**
   * Whether what the server sends while a first request waits may be session tickets: a little, as
   * soon as the client's part of the handshake reached it.
   */
  boolean isTickets(int flow, int wait, int roundTrip, Packet p) {
    if ((state.get(flow) & (FINISHED | PAST_TICKETS)) != FINISHED) {
      return false;
    }
    int most = Math.max(2 * roundTrip, 100 * Ticks.MILLI) + 40 * Ticks.MILLI;
    ticketBytes.set(flow, ticketBytes.get(flow) + Math.min(MAX_TICKETS, p.payloadLength));
    if (wait > most || ticketBytes.get(flow) > MAX_TICKETS) {
      endTickets(flow);
      return false;
    }
    state.set(flow, state.get(flow) | TICKETS);
    return true;
  }

  /** What came since the request may have been tickets or its answer: nobody knows. */
  boolean hasTickets(int flow) {
    return (state.get(flow) & (TICKETS | PAST_TICKETS)) == TICKETS;
  }

  /** What the server sends from now on is an answer, for it had the time to send tickets. */
  void endTickets(int flow) {
    if ((state.get(flow) & FINISHED) != 0) {
      state.set(flow, state.get(flow) | PAST_TICKETS);
    }
  }
}
