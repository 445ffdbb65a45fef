package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.packet.Packet;

/** Takes what {@link Names} finds, when it does. All arguments but numbers are reused. */
public interface NamesListener {
  /**
   * A DNS message came, whole or cut; the packet is the one that completes it.
   *
   * @param role what it is to its transaction
   * @param slot where {@code transactions} keeps that, -1 for a response to no query; a listener
   *     with values of its own keeps them in arrays of {@link DnsTransactions#CAPACITY}
   */
  default void dns(
      Packet packet,
      Analysis analysis,
      DnsMessage message,
      DnsTransactions transactions,
      Role role,
      int slot) {}

  /**
   * A lookup ends without an answer: given up 10 s after its last try, crowded out, or the file or
   * a piece of it ends.
   */
  default void unanswered(DnsTransactions transactions, int slot) {}

  /**
   * A client hello of TLS or QUIC came; the packet is the one that completes it.
   *
   * @param name the number of the server's name in it, or {@link NameTable#NONE}
   * @param version the highest version of TLS that it offers
   */
  default void clientHello(Packet packet, Analysis analysis, int name, int version) {}
}
