package dev.alertcapture.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs operation URLs as ARM has since about 2024: {@code &t=&c=&s=&h=}, some 3.2 KB in all, of
 * which the certificate is 2.8 KB (docs/design/azure.md, "Operations"). The signatures are keyed
 * with a secret of this simulator's own and say nothing about how Azure makes its.
 */
final class Signer {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int CERTIFICATE_BYTES = 2100;
  private static final int SIGNATURE_BYTES = 256;
  private static final long TICKS_AT_UNIX_EPOCH = 621_355_968_000_000_000L;

  private final SecretKeySpec key;
  private final String certificate;
  private final AtomicLong signed = new AtomicLong();

  Signer() {
    byte[] secret = new byte[32];
    byte[] certificateBytes = new byte[CERTIFICATE_BYTES];
    SecureRandom random = new SecureRandom();
    random.nextBytes(secret);
    random.nextBytes(certificateBytes);
    key = new SecretKeySpec(secret, "HmacSHA256");
    certificate = BASE64.encodeToString(certificateBytes);
  }

  /** The whole query for a path, different each time it is signed. */
  String sign(String path, String apiVersion, Instant now) {
    long ticks = TICKS_AT_UNIX_EPOCH + now.getEpochSecond() * 10_000_000 + now.getNano() / 100;
    return query(path, apiVersion, Long.toString(ticks + signed.getAndIncrement()));
  }

  /** Whether path and query came back exactly as signed. */
  boolean verify(Call call) {
    String apiVersion = call.parameter("api-version").orElse("");
    String ticks = call.parameter("t").orElse("");
    return query(call.path(), apiVersion, ticks).equals(call.query());
  }

  private String query(String path, String apiVersion, String ticks) {
    String head = "api-version=" + apiVersion + "&t=" + ticks + "&c=" + certificate;
    byte[] signature = new byte[SIGNATURE_BYTES];
    for (int block = 0; block < SIGNATURE_BYTES / 32; block++) {
      System.arraycopy(hmac(block + path + "?" + head), 0, signature, block * 32, 32);
    }
    String withSignature = head + "&s=" + BASE64.encodeToString(signature);
    return withSignature + "&h=" + BASE64.encodeToString(sha256(path + "?" + withSignature));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
