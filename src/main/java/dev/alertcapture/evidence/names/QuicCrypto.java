package dev.alertcapture.evidence.names;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts Initial packets that a client sent (RFC 9001, 5). Their keys are made of public
 * constants and a connection id that is in the clear, so this is no secret of anybody's.
 *
 * <p>The first use of a cipher takes the JVM a tenth of a second; make one of these only when there
 * is a packet for it, and keep it.
 */
final class QuicCrypto {
  private static final int SECRET_LENGTH = 32;
  private static final int KEY_LENGTH = 16;
  private static final int IV_LENGTH = 12;
  private static final int TAG_LENGTH = 16;
  private static final int SAMPLE_LENGTH = 16;

  /** A packet number's longest, behind which the sample for header protection begins. */
  private static final int MAX_NUMBER_LENGTH = 4;

  private static final byte[] CLIENT_LABEL = "tls13 client in".getBytes(StandardCharsets.US_ASCII);

  private final Mac hmac;
  private final Cipher headerCipher;
  private final Cipher payloadCipher;
  private final byte[] mask = new byte[SAMPLE_LENGTH];
  private final byte[] nonce = new byte[IV_LENGTH];
  private final byte[] header = new byte[Pages.MAX_LENGTH];
  private final byte[] payload = new byte[1 << 16];

  private SecretKeySpec key;
  private SecretKeySpec headerKey;
  private byte[] iv;

  QuicCrypto() {
    try {
      hmac = Mac.getInstance("HmacSHA256");
      headerCipher = Cipher.getInstance("AES/ECB/NoPadding");
      payloadCipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has these", e);
    }
  }

  /** Makes the client's keys (RFC 9001, 5.2) for the packets opened from now on. */
  void setKeys(QuicVersion version, byte[] connectionId, int from, int length) {
    try {
      hmac.init(new SecretKeySpec(version.salt(), "HmacSHA256"));
      hmac.update(connectionId, from, length);
      byte[] secret = expand(hmac.doFinal(), CLIENT_LABEL, SECRET_LENGTH);
      key = new SecretKeySpec(expand(secret, version.keyLabel(), KEY_LENGTH), "AES");
      iv = expand(secret, version.ivLabel(), IV_LENGTH);
      headerKey = new SecretKeySpec(expand(secret, version.headerLabel(), KEY_LENGTH), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Keys of a fixed length fit", e);
    }
  }

  /**
   * Decrypts the packet at {@code from}; its bytes stay as they are.
   *
   * @return the length of its {@link #payload}, or -1 if these are not its keys, or it is damaged
   */
  int open(byte[] bytes, int from, int numberFrom, int to) {
    int sample = numberFrom + MAX_NUMBER_LENGTH;
    int headerLength = numberFrom - from;
    if (sample + SAMPLE_LENGTH > to || headerLength + MAX_NUMBER_LENGTH > header.length) {
      return -1;
    }
    try {
      headerCipher.init(Cipher.ENCRYPT_MODE, headerKey);
      headerCipher.doFinal(bytes, sample, SAMPLE_LENGTH, mask, 0);
      int number = unprotect(bytes, from, headerLength);
      return decrypt(bytes, from + number, number, to);
    } catch (GeneralSecurityException e) {
      return -1;
    }
  }

  /** The decrypted frames, until the next packet is opened. */
  byte[] payload() {
    return payload;
  }

  /** Copies the header without its protection; returns its length, packet number included. */
  private int unprotect(byte[] bytes, int from, int length) {
    System.arraycopy(bytes, from, header, 0, length + MAX_NUMBER_LENGTH);
    header[0] ^= (byte) (mask[0] & 0x0F);
    int numberLength = 1 + (header[0] & 3);
    System.arraycopy(iv, 0, nonce, 0, IV_LENGTH);
    for (int i = 0; i < numberLength; i++) {
      header[length + i] ^= mask[1 + i];
      nonce[IV_LENGTH - numberLength + i] ^= header[length + i];
    }
    return length + numberLength;
  }

  private int decrypt(byte[] bytes, int from, int headerLength, int to)
      throws GeneralSecurityException {
    payloadCipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG_LENGTH, nonce));
    payloadCipher.updateAAD(header, 0, headerLength);
    return payloadCipher.doFinal(bytes, from, to - from, payload, 0);
  }

  /** HKDF-Expand-Label (RFC 8446, 7.1) of no context, for at most 32 bytes. */
  private byte[] expand(byte[] secret, byte[] label, int length) throws GeneralSecurityException {
    hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
    hmac.update((byte) 0);
    hmac.update((byte) length);
    hmac.update((byte) label.length);
    hmac.update(label);
    hmac.update((byte) 0);
    hmac.update((byte) 1);
    return Arrays.copyOf(hmac.doFinal(), length);
  }
}
