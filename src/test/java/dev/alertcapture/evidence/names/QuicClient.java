package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;

import dev.alertcapture.traffic.QuicProtection;
import java.util.Arrays;
import java.util.HexFormat;

/** Makes a client's protected Initial packets (RFC 9001, 5), as a sender does. */
final class QuicClient {
  private static final int NUMBER_LENGTH = 2;

  private final int version;
  private final byte[] connectionId;
  private final QuicProtection protection;
  private int packetNumber;

  QuicClient(int version, String connectionId) {
    this.version = version;
    this.connectionId = HexFormat.of().parseHex(connectionId);
    this.protection = new QuicProtection(QuicVersion.of(version).salt(), this.connectionId);
  }

  /** A CRYPTO frame with these bytes of a message. */
  static byte[] crypto(byte[] message, int from, int to) {
    byte[] piece = Arrays.copyOfRange(message, from, Math.min(to, message.length));
    return octets().u8(6).u16(0x4000 | from).u16(0x4000 | piece.length).bytes(piece).get();
  }

  byte[] initial(byte[] frames) {
    return initialTo(HexFormat.of().formatHex(connectionId), frames);
  }

  /** A later packet, to the connection id that the server chose. */
  byte[] initialTo(String destination, byte[] frames) {
    byte[] to = HexFormat.of().parseHex(destination);
    int length = NUMBER_LENGTH + frames.length + QuicProtection.TAG_LENGTH;
    byte[] header =
        octets()
            .u8(0xC0 | (NUMBER_LENGTH - 1))
            .u32(version)
            .u8(to.length)
            .bytes(to)
            .u8(2)
            .u16(0x5C1D) // source connection id
            .u8(3)
            .hex("746f6b") // token
            .u16(0x4000 | length)
            .u16(packetNumber)
            .get();
    return protection.protect(header, frames, packetNumber++, NUMBER_LENGTH);
  }
}
