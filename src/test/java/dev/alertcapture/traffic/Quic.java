package dev.alertcapture.traffic;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A client's first QUIC version 1 datagrams (RFC 9000, RFC 9001). */
public final class Quic {
  private static final byte[] SALT =
      HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final int SMALLEST_DATAGRAM = 1_200;
  private static final int NUMBER_LENGTH = 4;
  private static final int TAG_LENGTH = 16;
  private static final int MOST_CRYPTO = 1_000;

  private final byte[] connection;
  private int number;

  /** A client that takes these eight bytes for the server's connection id. */
  public Quic(long connectionId) {
    connection = new Octets().u32(connectionId >>> 32).u32(connectionId).bytes();
  }

  /** The hello in one datagram. */
  public byte[] initial(String serverName) {
    byte[] hello = Tls.hello(serverName, false);
    return initial(hello, 0, hello.length);
  }

  /** A post-quantum hello, which takes two; {@code part} is 0 or 1. */
  public byte[] largeInitial(String serverName, int part) {
    byte[] hello = Tls.hello(serverName, true);
    int from = part * MOST_CRYPTO;
    return initial(hello, from, Math.min(hello.length, from + MOST_CRYPTO));
  }

  /** A later packet with a short header, of which nothing can be read without keys. */
  public static byte[] data(int bytes) {
    return new Octets(bytes).u8(0x40).fill(0xA5, bytes - 1).bytes();
  }

  private byte[] initial(byte[] message, int from, int to) {
    Octets frames = new Octets().u8(6).u16(0x4000 | from).u16(0x4000 | (to - from));
    frames.add(message, from, to);
    int overhead = 7 + connection.length + 1 + 2 + NUMBER_LENGTH + TAG_LENGTH;
    frames.fill(0, Math.max(0, SMALLEST_DATAGRAM - overhead - frames.size()));
    byte[] header =
        new Octets()
            .u8(0xC0 | (NUMBER_LENGTH - 1))
            .u32(1)
            .u8(connection.length)
            .add(connection)
            .u8(0) // no source connection id
            .u8(0) // no token
            .u16(0x4000 | (NUMBER_LENGTH + frames.size() + TAG_LENGTH))
            .u32(number)
            .bytes();
    try {
      return protect(header, frames.bytes(), number++);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] protect(byte[] header, byte[] frames, int with) throws GeneralSecurityException {
    byte[] secret = expand(hmac(SALT, connection), "client in", 32);
    byte[] nonce = expand(secret, "quic iv", 12);
    nonce[11] = (byte) (nonce[11] ^ with);
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(expand(secret, "quic key", 16), "AES"),
        new GCMParameterSpec(8 * TAG_LENGTH, nonce));
    gcm.updateAAD(header);
    byte[] sealed = gcm.doFinal(frames);
    Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
    ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(expand(secret, "quic hp", 16), "AES"));
    byte[] mask = ecb.doFinal(Arrays.copyOf(sealed, 16));
    header[0] = (byte) (header[0] ^ (mask[0] & 0x0F));
    for (int i = 0; i < NUMBER_LENGTH; i++) {
      int at = header.length - NUMBER_LENGTH + i;
      header[at] = (byte) (header[at] ^ mask[1 + i]);
    }
    return new Octets().add(header).add(sealed).bytes();
  }

  private static byte[] expand(byte[] secret, String label, int length)
      throws GeneralSecurityException {
    String full = "tls13 " + label;
    Octets info = new Octets().u16(length).u8(full.length()).ascii(full).u16(1);
    return Arrays.copyOf(hmac(secret, info.bytes()), length);
  }

  private static byte[] hmac(byte[] key, byte[] bytes) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(bytes);
  }
}
