package dev.alertcapture.capture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Numbers in 32 digits that sort as text as they do as numbers, and read without doubt. */
public final class Base32 {
  static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  private Base32() {}

  /** 64 random bits: a token that nobody else has. */
  public static String token(RandomGenerator random) {
    return of(random.nextLong(), 13);
  }

  /** The low bits of a number, five to a digit. */
  static String of(long number, int digits) {
    char[] out = new char[digits];
    long rest = number;
    for (int i = digits - 1; i >= 0; i--) {
      out[i] = DIGITS.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return new String(out);
  }

  /** The number that digits stand for, modulo 2 to the 64th. */
  static long number(String digits) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      number = number << 5 | DIGITS.indexOf(digits.charAt(i));
    }
    return number;
  }

  /** 32 characters of SHA-256 in base32, lower case: for names and keys. */
  public static String hash(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      StringBuilder out = new StringBuilder();
      for (int bit = 0; out.length() < 32; bit += 5) {
        int two = ((all[bit / 8] & 0xff) << 8) | (all[bit / 8 + 1] & 0xff);
        out.append(DIGITS.charAt(two >> (11 - bit % 8) & 31));
      }
      return out.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
