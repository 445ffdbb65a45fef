package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.packet.Bytes;

/**
 * The long header of a QUIC packet (RFC 9000, 17.2), as far as it can be read without keys. One
 * object is reused for all packets.
 */
final class QuicPacket {
  static final int MAX_CONNECTION_ID_LENGTH = 20;

  private static final int LONG_HEADER_AND_FIXED_BIT = 0xC0;
  private static final int CONNECTION_IDS = 5;

  /** Retry packets have no length; their type is the one before Initial's. */
  private static final int RETRY_BEFORE_INITIAL = 3;

  private final QuicReader reader = new QuicReader();
  private QuicVersion version = QuicVersion.V1;
  private boolean initial;
  private int destinationFrom;
  private int destinationLength;
  private int numberFrom;
  private int end;

  /** Whether a packet of a known version can begin here. For most datagrams it can't. */
  static boolean begins(byte[] bytes, int from, int to) {
    return to - from > CONNECTION_IDS
        && (bytes[from] & LONG_HEADER_AND_FIXED_BIT) == LONG_HEADER_AND_FIXED_BIT
        && QuicVersion.of(Bytes.s32(bytes, from + 1)) != null;
  }

  /**
   * Reads the header of the packet at {@code from}.
   *
   * @return false if the packet is not whole, or of a kind without a length
   */
  boolean read(byte[] bytes, int from, int to) {
    if (!begins(bytes, from, to)) {
      return false;
    }
    version = QuicVersion.of(Bytes.s32(bytes, from + 1));
    int type = bytes[from] >> 4 & 3;
    initial = type == version.initialType();
    if (type == (version.initialType() + RETRY_BEFORE_INITIAL) % 4) {
      return false;
    }
    reader.start(bytes, from + CONNECTION_IDS, to);
    destinationLength = reader.octet();
    destinationFrom = reader.position();
    reader.skip(destinationLength);
    reader.skip(reader.octet()); // source connection id
    if (initial) {
      reader.skip(reader.varint()); // token
    }
    long length = reader.varint();
    numberFrom = reader.position();
    reader.skip(length);
    end = reader.position();
    return !reader.failed() && destinationLength <= MAX_CONNECTION_ID_LENGTH;
  }

  QuicVersion version() {
    return version;
  }

  boolean isInitial() {
    return initial;
  }

  int destinationFrom() {
    return destinationFrom;
  }

  int destinationLength() {
    return destinationLength;
  }

  /** Where the packet number begins, which is protected as the payload behind it. */
  int numberFrom() {
    return numberFrom;
  }

  int end() {
    return end;
  }
}
