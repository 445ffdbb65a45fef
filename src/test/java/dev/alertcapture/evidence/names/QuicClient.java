package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes a client's protected Initial packets (RFC 9001, 5), as a sender does. */
final class QuicClient {
  private static final int NUMBER_LENGTH = 2;
  private static final int TAG_LENGTH = 16;

  private final int version;
  private final byte[] connectionId;
  private int packetNumber;

  QuicClient(int version, String connectionId) {
    this.version = version;
    this.connectionId = HexFormat.of().parseHex(connectionId);
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
    int length = NUMBER_LENGTH + frames.length + TAG_LENGTH;
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
    try {
      return protect(header, frames);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] protect(byte[] header, byte[] frames) throws GeneralSecurityException {
    byte[] initial = hmac(QuicVersion.of(version).salt(), connectionId);
    byte[] secret = expand(initial, "client in", 32);
    byte[] nonce = expand(secret, "quic iv", 12);
    nonce[10] ^= (byte) (packetNumber >> 8);
    nonce[11] ^= (byte) packetNumber;
    packetNumber++;

    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(expand(secret, "quic key", 16), "AES"),
        new GCMParameterSpec(8 * TAG_LENGTH, nonce));
    gcm.updateAAD(header);
    byte[] payload = gcm.doFinal(frames);

    Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
    ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(expand(secret, "quic hp", 16), "AES"));
    byte[] mask = ecb.doFinal(payload, 4 - NUMBER_LENGTH, 16);
    header[0] ^= (byte) (mask[0] & 0x0F);
    for (int i = 0; i < NUMBER_LENGTH; i++) {
      header[header.length - NUMBER_LENGTH + i] ^= mask[1 + i];
    }
    return octets().bytes(header).bytes(payload).get();
  }

  private static byte[] expand(byte[] secret, String label, int length)
      throws GeneralSecurityException {
    byte[] info = octets().u16(length).u8(6 + label.length()).text("tls13 " + label).u16(1).get();
    return Arrays.copyOf(hmac(secret, info), length);
  }

  private static byte[] hmac(byte[] key, byte[] bytes) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(bytes);
  }
}
