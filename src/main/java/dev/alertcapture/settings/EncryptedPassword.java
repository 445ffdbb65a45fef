package dev.alertcapture.settings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A password as PowerShell's {@code ConvertFrom-SecureString -Key} writes it: a mark, then in
 * base64 the UTF-16 text {@code 2|IV|DATA}, IV in base64 and DATA in hexadecimal, AES-CBC of the
 * password in UTF-16.
 */
final class EncryptedPassword {
  private static final String MARK = "76492d1116743f0423413b16050a5345";
  private static final Pattern FORM = Pattern.compile("2\\|([A-Za-z0-9+/]{22}==)\\|([0-9A-Fa-f]+)");
  private static final int HEX_DIGITS_PER_BLOCK = 32;

  private final byte[] iv;
  private final byte[] data;

  private EncryptedPassword(byte[] iv, byte[] data) {
    this.iv = iv;
    this.data = data;
  }

  /** Whether a password is encrypted; no plain secret of Azure's starts in this way. */
  static boolean isOne(String password) {
    return password.startsWith(MARK);
  }

  /** Null where it is damaged. Line breaks, as a console inserts them, are no damage. */
  static EncryptedPassword parse(String password) {
    try {
      byte[] text =
          Base64.getDecoder().decode(password.substring(MARK.length()).replaceAll("\\s", ""));
      Matcher parts = FORM.matcher(new String(text, StandardCharsets.UTF_16LE));
      return parts.matches() && parts.group(2).length() % HEX_DIGITS_PER_BLOCK == 0
          ? new EncryptedPassword(
              Base64.getDecoder().decode(parts.group(1)), HexFormat.of().parseHex(parts.group(2)))
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * The password, or null where the key is another.
   *
   * @param key of 16, 24 or 32 bytes
   */
  String open(byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      ByteBuffer bytes = ByteBuffer.wrap(cipher.doFinal(data));
      String password = StandardCharsets.UTF_16LE.newDecoder().decode(bytes).toString();
      return isText(password) ? password : null;
    } catch (BadPaddingException | CharacterCodingException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no AES", e);
    }
  }

  // One wrong key in 256 leaves a right padding: what comes out then is hardly ever a text.
  private static boolean isText(String password) {
    return !password.isEmpty()
        && password.chars().noneMatch(c -> Character.isISOControl(c) || !Character.isDefined(c));
  }
}
