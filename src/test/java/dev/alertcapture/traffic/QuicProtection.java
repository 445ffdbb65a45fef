package dev.alertcapture.traffic;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Protects a client's Initial packets, as a sender does (RFC 9001, 5). */
public final class QuicProtection {
  /** Bytes by which a payload grows. */
  public static final int TAG_LENGTH = 16;

  private static final int SAMPLE_LENGTH = 16;

  private final byte[] initial;

  /**
   * The keys of a connection.
   *
   * @param salt of the version
   * @param connectionId that the client chose for the server first
   */
  public QuicProtection(byte[] salt, byte[] connectionId) {
    this.initial = hmac(salt, connectionId);
  }

  /**
   * A packet.
   *
   * @param header ends with the packet number, in so many bytes
   */
  public byte[] protect(byte[] header, byte[] frames, int number, int numberLength) {
    try {
      byte[] secret = expand(initial, "client in", 32);
      byte[] nonce = expand(secret, "quic iv", 12);
      nonce[10] ^= (byte) (number >> 8);
      nonce[11] ^= (byte) number;
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(expand(secret, "quic key", 16), "AES"),
          new GCMParameterSpec(8 * TAG_LENGTH, nonce));
      gcm.updateAAD(header);
      byte[] sealed = gcm.doFinal(frames);

      Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
      ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(expand(secret, "quic hp", 16), "AES"));
      byte[] mask = ecb.doFinal(sealed, 4 - numberLength, SAMPLE_LENGTH);
      byte[] packet = Arrays.copyOf(header, header.length + sealed.length);
      packet[0] ^= (byte) (mask[0] & 0x0F);
      for (int i = 0; i < numberLength; i++) {
        packet[header.length - numberLength + i] ^= mask[1 + i];
      }
      System.arraycopy(sealed, 0, packet, header.length, sealed.length);
      return packet;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
  }

  private static byte[] expand(byte[] secret, String label, int length) {
    String full = "tls13 " + label;
    Octets info = new Octets().u16(length).u8(full.length()).ascii(full).u16(1);
    return Arrays.copyOf(hmac(secret, info.bytes()), length);
  }

  private static byte[] hmac(byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
