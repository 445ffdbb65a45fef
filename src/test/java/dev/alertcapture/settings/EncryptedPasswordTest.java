package dev.alertcapture.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedPasswordTest extends IdentityFixture {
  @Test
  void encryptedPasswordIsReadWithAKeyOfEachLength() throws BadSettings {
    assertThat(secret(principal(BY_16_BYTES, "AZURE_CRED_KEY", KEY_16))).isEqualTo("p16~Ümlaut");
    assertThat(secret(principal(BY_24_BYTES, "AZURE_CRED_KEY", KEY_24))).isEqualTo("p24");
    assertThat(secret(principal(BY_32_BYTES, "AZURE_CRED_KEY", KEY_32))).isEqualTo(SECRET);
  }

  @Test
  void encryptedPasswordMayBeBrokenIntoLines() throws BadSettings {
    String broken = BY_32_BYTES.replaceAll(".{80}", "$0\r\n");

    assertThat(secret(principal(broken, "AZURE_CRED_KEY", KEY_32))).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {", ", " ", "\\n", "\\r\\n", "\r\n", "\n\n"})
  void keyInASettingMayBeOnOneLine(String separator) throws BadSettings {
    String key = KEY_32.replace("\n", separator);

    assertThat(secret(principal(BY_32_BYTES, "AZURE_CRED_KEY", key))).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, ''", "UTF-8, \ufeff", "UTF-16LE, \ufeff", "UTF-16BE, \ufeff"})
  void keyFileIsReadAsAnyPowerShellWritesIt(String charset, String mark) throws Exception {
    byte[] key = (mark + KEY_32.replace("\n", "\r\n") + "\r\n").getBytes(Charset.forName(charset));

    assertThat(secret(withFile(BY_32_BYTES, key))).isEqualTo(SECRET);
  }

  @Test
  void keyInASettingGoesBeforeTheFile() throws BadSettings {
    Map<String, String> settings =
        principal(BY_16_BYTES, "AZURE_CRED_KEY", KEY_16, "AZURE_CRED_KEY_FILE", "nowhere.key");

    assertThat(secret(settings)).isEqualTo("p16~Ümlaut");
  }

  @Test
  void keyIsNotLookedForWhereThePasswordIsPlain() throws BadSettings {
    assertThat(secret(principal(SECRET, "AZURE_CRED_KEY", "no key"))).isEqualTo(SECRET);
    assertThat(secret(principal(SECRET, "AZURE_CRED_KEY_FILE", "nowhere"))).isEqualTo(SECRET);
  }

  @Test
  void missingFileIsNamedAlsoWhereItIsTheDefault() {
    assertThat(problem(principal(BY_32_BYTES)))
        .startsWith("AZURE_CRED_KEY_FILE: there is no file ")
        .contains(Path.of("keys", "PassEncryptKey.key").toAbsolutePath().toString())
        .contains("AzureCredPassword is encrypted", "AZURE_CRED_KEY")
        .hasLineCount(1);
    String other = folder.resolve("other.key").toString();
    assertThat(problem(principal(BY_32_BYTES, "AZURE_CRED_KEY_FILE", other))).contains(other);
  }

  @Test
  void fileThatCanNotBeReadIsNamed() {
    assertThat(problem(principal(BY_32_BYTES, "AZURE_CRED_KEY_FILE", folder.toString())))
        .startsWith("AZURE_CRED_KEY_FILE: the file " + folder + " can't be read");
  }

  @Test
  void whatIsNoPathIsNotRepeatedForItMayBeTheKey() {
    for (String value : new String[] {"a\0b", KEY_32, KEY_32.replace("\n", ","), BY_32_BYTES}) {
      assertThat(problem(principal(BY_32_BYTES, "AZURE_CRED_KEY_FILE", value)))
          .isEqualTo(
              "AZURE_CRED_KEY_FILE: not the path of a file; the key itself belongs in"
                  + " AZURE_CRED_KEY");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1,2,3", "hunter2", "256", "-1", "0x10", "1.5", "9999999999999", "keys/x.key"})
  void whatIsNoKeyIsNotRepeated(String key) throws IOException {
    assertThat(problem(principal(BY_32_BYTES, "AZURE_CRED_KEY", key)))
        .startsWith("AZURE_CRED_KEY: it is not a key: 16, 24 or 32 numbers");
    assertThat(problem(withFile(BY_32_BYTES, key.getBytes(StandardCharsets.UTF_8))))
        .startsWith("AZURE_CRED_KEY_FILE: the file ")
        .contains("PassEncryptKey.key is not a key: 16, 24 or 32 numbers from 0 to 255");
  }

  @Test
  void keyOfAWrongLengthIsToldHowLongItIs() {
    assertThat(problem(principal(BY_32_BYTES, "AZURE_CRED_KEY", KEY_32 + "7\n")))
        .endsWith("it has 33");
  }

  @Test
  void anotherKeyIsToldFromADamagedPassword() throws IOException {
    assertThat(problem(principal(BY_32_BYTES, "AZURE_CRED_KEY", KEY_16)))
        .startsWith("AZURE_CRED_KEY: it is not the key that AzureCredPassword was encrypted with");
    assertThat(problem(withFile(BY_32_BYTES, KEY_24.getBytes(StandardCharsets.UTF_8))))
        .startsWith("AZURE_CRED_KEY_FILE: the file " + folder)
        .contains("PassEncryptKey.key is not the key that AzureCredPassword was encrypted with");
  }

  /** One wrong key in 256 leaves a right padding; some of those are here. */
  @Test
  void noWrongKeyGivesAPassword() {
    for (int last = 0; last < 2000; last++) {
      String key = lines(IntStream.of(last % 256, last / 256)) + lines(IntStream.range(0, 30));

      assertThat(problem(principal(BY_32_BYTES, "AZURE_CRED_KEY", key)))
          .startsWith("AZURE_CRED_KEY: it is not the key");
    }
  }

  @Test
  void passwordThatOpensToNoTextIsNotTaken() {
    // The first byte of the IV is changed, so that the password starts with a zero.
    byte[] iv = HexFormat.of().parseHex("d8a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    String changed =
        unpacked(BY_32_BYTES)
            .replace("oKGio6SlpqeoqaqrrK2urw==", Base64.getEncoder().encodeToString(iv));

    assertThat(problem(principal(MARK + packed(changed), "AZURE_CRED_KEY", KEY_32)))
        .contains("is not the key", "or that value was changed since");
  }

  @Test
  void damagedPasswordIsToldAsSuch() {
    String[] damaged = {
      MARK,
      MARK + "!",
      MARK + "hunter2=",
      BY_32_BYTES.substring(0, BY_32_BYTES.length() - 4),
      BY_32_BYTES.replace("MgB8AG", "MQB8AG"),
      MARK + packed("2|oKGio6Slpqeoqaqrra4=|" + "00".repeat(16)),
      MARK + packed("2|oKGio6SlpqeoqaqrrK2urw==|"),
      MARK + packed("2|oKGio6SlpqeoqaqrrK2urw==|" + "00".repeat(15)),
      MARK + packed("2|oKGio6SlpqeoqaqrrK2urw==|" + "0g".repeat(16)),
      MARK + packed("2|oKGio6SlpqeoqaqrrK2urw=="),
    };
    for (String password : damaged) {
      assertThat(problem(principal(password, "AZURE_CRED_KEY", KEY_32)))
          .startsWith("AzureCredPassword: damaged")
          .hasLineCount(1);
    }
  }

  private static String unpacked(String password) {
    byte[] text = Base64.getDecoder().decode(password.substring(MARK.length()));
    return new String(text, StandardCharsets.UTF_16LE);
  }

  private static String packed(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_16LE));
  }
}
