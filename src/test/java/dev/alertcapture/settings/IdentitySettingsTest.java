package dev.alertcapture.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alertcapture.azure.Identity;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the app is to Azure, by the settings of the documented function among others. */
class IdentitySettingsTest {
  private static final String TENANT = "99999999-0000-0000-0000-000000000009";
  private static final String CLIENT = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
  private static final String SECRET = "xyz8Q~not.a-real_secret~0123456789abcdef";

  // Made in bash, by which these came out:
  //
  // encrypted() { # key and IV in hexadecimal, password
  //   iv=$(printf %s "$2" | xxd -r -p | openssl base64 -A)
  //   data=$(printf %s "$3" | iconv -t UTF-16LE \
  //     | openssl enc -aes-$((${#1} * 4))-cbc -K "$1" -iv "$2" | od -An -v -tx1 | tr -d ' \n')
  //   printf '2|%s|%s' "$iv" "$data" | iconv -t UTF-16LE | openssl base64 -A
  // }
  // IV=a0a1a2a3a4a5a6a7a8a9aaabacadaeaf
  // encrypted 0102030405060708090a0b0c0d0e0f10 $IV 'p16~Ümlaut'
  // encrypted 0102030405060708090a0b0c0d0e0f101112131415161718 $IV 'p24'
  // encrypted 00ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1dfe $IV \
  //   'xyz8Q~not.a-real_secret~0123456789abcdef'
  private static final String MARK = "76492d1116743f0423413b16050a5345";
  private static final String BY_16_BYTES =
      MARK
          + "MgB8AG8ASwBHAGkAbwA2AFMAbABwAHEAZQBvAHEAYQBxAHIAcgBLADIAdQByAHcAPQA9AHwAOAAyADkA"
          + "MgBiADQANgBjADgAMQA0ADcAOABkAGQAOABmADcAMwBjADMAYQA0ADkAMAA5AGIAMQBkADMAMAA3AGYA"
          + "ZAAyAGIANAAzADUANgBjADIAYgA0AGMAYwA5ADYAYQA5AGYANwBjADgANAAwAGUAYgA5AGUAMAA3ADQA"
          + "NwA=";
  private static final String BY_24_BYTES =
      MARK
          + "MgB8AG8ASwBHAGkAbwA2AFMAbABwAHEAZQBvAHEAYQBxAHIAcgBLADIAdQByAHcAPQA9AHwAMwAwADYA"
          + "ZAA3AGQANAA5AGQAOABkADcANAA1AGEANwAwADUANABhADEAZAA2ADEAMgBlADcAZQA3ADMAZQA5AA==";
  private static final String BY_32_BYTES =
      MARK
          + "MgB8AG8ASwBHAGkAbwA2AFMAbABwAHEAZQBvAHEAYQBxAHIAcgBLADIAdQByAHcAPQA9AHwAMwA5AGUA"
          + "NwA0ADAANQAxADAAMwBlADQAMQA2AGUAOABhADIANQBlAGEAOABkAGMAYgAzADgAMwBhAGUAMQBlADgA"
          + "MQBiAGQANABkAGIAMABjADYAYwBjAGMAZAA4AGQAYgBiAGYAZgBhADcAYgAxAGIANQA5ADQAYQBkADYA"
          + "MAAxADAANwAxADQAMwAzADEAYgAwAGIAOQA1AGEAOABjADAANgA0AGIAZgA3ADkAZgBkAGIAMwBhADMA"
          + "OQA2AGUAYQAxADUAMAAwAGQAOQAxAGQAZgAwAGIAYwA2ADYAYQA1AGEAMwBiADQAMQA3AGEAYwA1ADkA"
          + "MAA5AGYANQA5AGEAZABmAGYAMAAzAGUAZgBhADIAMQAwAGMAYQBjAGEANAA5AGEAMABiADgAZQA3ADEA"
          + "MgA1AGUAZQA3ADQAMwAxAGYAZAAzADAAOAA4AGUAMABlAGEAZAAyADcANwBkADYAMQA3ADIAZQBhADkA"
          + "NwA2ADcAMwAxAGEAYQAyAGIA";
  private static final String KEY_16 = lines(IntStream.rangeClosed(1, 16));
  private static final String KEY_24 = lines(IntStream.rangeClosed(1, 24));
  private static final String KEY_32 = "0\n255\n" + lines(IntStream.rangeClosed(1, 29)) + "254\n";

  @TempDir private Path folder;

  private static String lines(IntStream numbers) {
    return numbers.mapToObj(number -> number + "\n").collect(Collectors.joining());
  }

  private static Settings read(Map<String, String> settings) throws BadSettings {
    Map<String, String> all = new HashMap<>(SettingsTest.LEAST);
    all.putAll(settings);
    return Settings.read(all);
  }

  private static Map<String, String> principal(String password, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("AzureTenant", TENANT);
    settings.put("AzureClientID", CLIENT);
    settings.put("AzureCredPassword", password);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private static String secret(Map<String, String> settings) throws BadSettings {
    return ((Identity.ServicePrincipal) read(settings).identity()).secret();
  }

  private static String problem(Map<String, String> settings) {
    BadSettings bad = catchThrowableOfType(BadSettings.class, () -> read(settings));
    assertThat(bad).as(settings.toString()).isNotNull();
    assertThat(bad).hasNoCause();
    assertThat(bad.getMessage())
        .doesNotContain(SECRET, MARK, "MgB8", "255\n", "1\n2\n", "1,2,", "hunter2");
    return bad.getMessage();
  }

  private Map<String, String> withFile(String password, byte[] key) throws IOException {
    Path file = Files.write(folder.resolve("PassEncryptKey.key"), key);
    return principal(password, "AZURE_CRED_KEY_FILE", file.toString());
  }

  @Test
  void theAppsOwnIdentityIsTheDefaultAndAnotherCanBeNamed() throws BadSettings {
    assertThat(read(Map.of()).identity()).isEqualTo(new Identity.Managed(null));
    assertThat(read(Map.of("AZURE_CLIENT_ID", CLIENT)).identity())
        .isEqualTo(new Identity.Managed(CLIENT));
  }

  @Test
  void plainSecretMakesAServicePrincipalThatNeverPrints() throws BadSettings {
    Settings settings = read(principal(SECRET));

    assertThat(settings.identity())
        .isEqualTo(new Identity.ServicePrincipal(TENANT, CLIENT, SECRET));
    assertThat(settings.toString()).contains(CLIENT).doesNotContain(SECRET);
  }

  @Test
  void namesAreTakenInAnyLetterCaseAndTheRightOneGoesFirst() throws BadSettings {
    Map<String, String> settings = new HashMap<>();
    settings.put("AZURETENANT", "contoso.onmicrosoft.com");
    settings.put("AzureClientId", CLIENT);
    settings.put("AzureClientID", " ");
    settings.put("azurecredpassword", "another");
    settings.put("AzureCredPassword", SECRET);

    assertThat(read(settings).identity())
        .isEqualTo(new Identity.ServicePrincipal("contoso.onmicrosoft.com", CLIENT, SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AzureTenant", "AzureClientID", "AzureCredPassword"})
  void halfAServicePrincipalIsToldWhatItLacks(String missing) {
    Map<String, String> settings = principal(SECRET);
    settings.remove(missing);

    assertThat(problem(settings)).startsWith(missing + ": needed").hasLineCount(1);
  }

  @Test
  void twoIdentitiesAreOneTooMany() {
    assertThat(problem(principal(SECRET, "AZURE_CLIENT_ID", CLIENT)))
        .startsWith("AZURE_CLIENT_ID: ")
        .contains("AzureClientID", "unset");
  }

  @ParameterizedTest
  @CsvSource({"AzureTenant, hunter2~8Q", "AzureClientID, hunter2~8Q"})
  void wrongIdIsNotRepeatedForItMayBeTheSecret(String key, String value) {
    assertThat(problem(principal(SECRET, key, value))).startsWith(key + ": not the id");
  }

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
