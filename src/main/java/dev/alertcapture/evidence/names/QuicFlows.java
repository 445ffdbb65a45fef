package dev.alertcapture.evidence.names;

import java.util.Arrays;

/**
 * The client hellos of QUIC. A client's Initial packets are decrypted, and the pieces of its hello
 * put together: they may come in any order and in several datagrams (RFC 9000, 19.6).
 *
 * <p>Decrypting costs time and a hostile file can ask for much of it, so only the first {@link
 * #MAX_DATAGRAMS} such datagrams of a flow are looked at, and only {@link #MAX_FLOWS} flows.
 */
final class QuicFlows {
  static final int MAX_FLOWS = 2_000;
  static final int MAX_DATAGRAMS = 4;

  /** A datagram may hold several packets, of which a client's first ones are Initial. */
  private static final int MAX_PACKETS = 4;

  private static final int MAX_ID = QuicPacket.MAX_CONNECTION_ID_LENGTH;

  private final NameTable names;
  private final CryptoStream stream;
  private final QuicPacket packet = new QuicPacket();
  private final ClientHello hello = new ClientHello();
  private final NameText text = new NameText();
  private final Slots slots = new Slots(MAX_FLOWS);
  private QuicCrypto crypto;

  /** By slot: the connection id that the client's keys are made of, its length and version. */
  private final byte[] ids = new byte[MAX_FLOWS * MAX_ID];

  private final int[] idLengths = new int[MAX_FLOWS];
  private final QuicVersion[] versions = new QuicVersion[MAX_FLOWS];

  /** The client's side, once a packet of it was decrypted; {@link #versions} says whether. */
  private final int[] clients = new int[MAX_FLOWS];

  private final int[] datagrams = new int[MAX_FLOWS];

  /** The pieces of the client's next handshake message, and where in its stream that begins. */
  private final int[] chains = new int[MAX_FLOWS];

  private final int[] consumed = new int[MAX_FLOWS];

  private int flows;
  private long refused;
  private int helloName = NameTable.NONE;

  QuicFlows(NameTable names, Pages pages) {
    this.names = names;
    this.stream = new CryptoStream(pages);
  }

  /**
   * Takes a datagram, whatever it is.
   *
   * @param conversation a number that no other flow has or had
   * @param side 0 or 1, which one of the two sent it
   * @return whether it completes a client hello
   */
  boolean datagram(int conversation, int side, byte[] bytes, int from, int to) {
    if (!QuicPacket.begins(bytes, from, to) || !packet.read(bytes, from, to)) {
      return false;
    }
    int slot = slots.find(conversation);
    if (slot == Slots.NONE) {
      slot = open(conversation);
    }
    if (slot == Slots.NONE
        || datagrams[slot] == MAX_DATAGRAMS
        || (versions[slot] != null && clients[slot] != side)) {
      return false;
    }
    boolean whole = false;
    boolean initial = false;
    int at = from;
    for (int i = 0; i < MAX_PACKETS && packet.read(bytes, at, to); i++) {
      if (packet.isInitial()) {
        initial = true;
        whole |= initial(slot, side, bytes, at);
      }
      at = packet.end();
    }
    datagrams[slot] += initial ? 1 : 0;
    return whole;
  }

  /** The number of the name in the client hello that became whole last, if it had one. */
  int helloName() {
    return helloName;
  }

  /** The highest version of TLS that it offers. */
  int helloVersion() {
    return hello.version();
  }

  /** How many flows were left out because there were too many. */
  long refused() {
    return refused;
  }

  private int open(int conversation) {
    if (!packet.isInitial()) {
      return Slots.NONE;
    }
    if (flows == MAX_FLOWS) {
      refused++;
      return Slots.NONE;
    }
    flows++;
    if (crypto == null) {
      crypto = new QuicCrypto();
    }
    return slots.take(
        conversation); // There were never more flows than slots, so no slot is used again.
  }

  private boolean initial(int slot, int side, byte[] bytes, int from) {
    int length = decrypt(slot, bytes, from);
    if (length < 0) {
      return false;
    }
    clients[slot] = side;
    chains[slot] = stream.add(chains[slot], consumed[slot], crypto.payload(), length);
    int whole = stream.assemble(chains[slot]);
    if (!hello.read(stream.bytes(), 0, whole)) {
      return false;
    }
    // A second hello, which a server may ask for, goes on where the first one ended.
    consumed[slot] += hello.length();
    stream.close(chains[slot]);
    helloName = NameTable.NONE;
    if (hello.hasName()) {
      hello.serverName(text);
      helloName = names.number(text);
    }
    return true;
  }

  /**
   * Tries the keys of the client's first packet, which hold until a Retry, then those that this
   * packet would have if it were the first. Packets of the server fit neither.
   */
  private int decrypt(int slot, byte[] bytes, int from) {
    if (versions[slot] == packet.version()) {
      crypto.setKeys(versions[slot], ids, slot * MAX_ID, idLengths[slot]);
      int length = crypto.open(bytes, from, packet.numberFrom(), packet.end());
      if (length >= 0 || isSameId(slot, bytes)) {
        return length;
      }
    }
    int idFrom = packet.destinationFrom();
    int idLength = packet.destinationLength();
    crypto.setKeys(packet.version(), bytes, idFrom, idLength);
    int length = crypto.open(bytes, from, packet.numberFrom(), packet.end());
    if (length >= 0) {
      versions[slot] = packet.version();
      System.arraycopy(bytes, idFrom, ids, slot * MAX_ID, idLength);
      idLengths[slot] = idLength;
    }
    return length;
  }

  private boolean isSameId(int slot, byte[] bytes) {
    int idFrom = packet.destinationFrom();
    int ours = slot * MAX_ID;
    return Arrays.equals(
        bytes, idFrom, idFrom + packet.destinationLength(), ids, ours, ours + idLengths[slot]);
  }
}
