package dev.alertcapture.capture;

/** Numbers in 32 digits that sort as text as they do as numbers, and read without doubt. */
final class Base32 {
  static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  private Base32() {}

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
}
