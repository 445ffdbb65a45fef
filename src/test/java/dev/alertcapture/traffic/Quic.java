package dev.alertcapture.traffic;

import java.util.HexFormat;

/** A client's first QUIC version 1 datagrams (RFC 9000, RFC 9001). */
public final class Quic {
  private static final byte[] SALT =
      HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final int SMALLEST_DATAGRAM = 1_200;
  private static final int NUMBER_LENGTH = 4;
  private static final int MAX_CRYPTO = 1_000;

  private final byte[] connection;
  private final QuicProtection protection;
  private int number;

  /** A client that takes these eight bytes for the server's connection id. */
  public Quic(long connectionId) {
    connection = new Octets().u32(connectionId >>> 32).u32(connectionId).bytes();
    protection = new QuicProtection(SALT, connection);
  }

  /** The hello in one datagram. */
  public byte[] initial(String serverName) {
    byte[] hello = Tls.hello(serverName, false);
    return initial(hello, 0, hello.length);
  }

  /** A post-quantum hello, which takes two; {@code part} is 0 or 1. */
  public byte[] largeInitial(String serverName, int part) {
    byte[] hello = Tls.hello(serverName, true);
    int from = part * MAX_CRYPTO;
    return initial(hello, from, Math.min(hello.length, from + MAX_CRYPTO));
  }

  /** A later packet with a short header, of which nothing can be read without keys. */
  public static byte[] data(int bytes) {
    return new Octets(bytes).u8(0x40).fill(0xA5, bytes - 1).bytes();
  }

  private byte[] initial(byte[] message, int from, int to) {
    Octets frames = new Octets().u8(6).u16(0x4000 | from).u16(0x4000 | (to - from));
    frames.add(message, from, to);
    int overhead = 7 + connection.length + 1 + 2 + NUMBER_LENGTH + QuicProtection.TAG_LENGTH;
    frames.fill(0, Math.max(0, SMALLEST_DATAGRAM - overhead - frames.size()));
    byte[] header =
        new Octets()
            .u8(0xC0 | (NUMBER_LENGTH - 1))
            .u32(1)
            .u8(connection.length)
            .add(connection)
            .u8(0) // no source connection id
            .u8(0) // no token
            .u16(0x4000 | (NUMBER_LENGTH + frames.size() + QuicProtection.TAG_LENGTH))
            .u32(number)
            .bytes();
    return protection.protect(header, frames.bytes(), number++, NUMBER_LENGTH);
  }
}
