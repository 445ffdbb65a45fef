package dev.alertcapture.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alertcapture.azure.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** A service principal whose password is encrypted as PowerShell does it. */
abstract class IdentityFixture {
  static final String TENANT = "99999999-0000-0000-0000-000000000009";
  static final String CLIENT = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
  static final String SECRET = "xyz8Q~not.a-real_secret~0123456789abcdef";

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
  static final String MARK = "76492d1116743f0423413b16050a5345";
  static final String BY_16_BYTES =
      MARK
          + "MgB8AG8ASwBHAGkAbwA2AFMAbABwAHEAZQBvAHEAYQBxAHIAcgBLADIAdQByAHcAPQA9AHwAOAAyADkA"
          + "MgBiADQANgBjADgAMQA0ADcAOABkAGQAOABmADcAMwBjADMAYQA0ADkAMAA5AGIAMQBkADMAMAA3AGYA"
          + "ZAAyAGIANAAzADUANgBjADIAYgA0AGMAYwA5ADYAYQA5AGYANwBjADgANAAwAGUAYgA5AGUAMAA3ADQA"
          + "NwA=";
  static final String BY_24_BYTES =
      MARK
          + "MgB8AG8ASwBHAGkAbwA2AFMAbABwAHEAZQBvAHEAYQBxAHIAcgBLADIAdQByAHcAPQA9AHwAMwAwADYA"
          + "ZAA3AGQANAA5AGQAOABkADcANAA1AGEANwAwADUANABhADEAZAA2ADEAMgBlADcAZQA3ADMAZQA5AA==";
  static final String BY_32_BYTES =
      MARK
          + "MgB8AG8ASwBHAGkAbwA2AFMAbABwAHEAZQBvAHEAYQBxAHIAcgBLADIAdQByAHcAPQA9AHwAMwA5AGUA"
          + "NwA0ADAANQAxADAAMwBlADQAMQA2AGUAOABhADIANQBlAGEAOABkAGMAYgAzADgAMwBhAGUAMQBlADgA"
          + "MQBiAGQANABkAGIAMABjADYAYwBjAGMAZAA4AGQAYgBiAGYAZgBhADcAYgAxAGIANQA5ADQAYQBkADYA"
          + "MAAxADAANwAxADQAMwAzADEAYgAwAGIAOQA1AGEAOABjADAANgA0AGIAZgA3ADkAZgBkAGIAMwBhADMA"
          + "OQA2AGUAYQAxADUAMAAwAGQAOQAxAGQAZgAwAGIAYwA2ADYAYQA1AGEAMwBiADQAMQA3AGEAYwA1ADkA"
          + "MAA5AGYANQA5AGEAZABmAGYAMAAzAGUAZgBhADIAMQAwAGMAYQBjAGEANAA5AGEAMABiADgAZQA3ADEA"
          + "MgA1AGUAZQA3ADQAMwAxAGYAZAAzADAAOAA4AGUAMABlAGEAZAAyADcANwBkADYAMQA3ADIAZQBhADkA"
          + "NwA2ADcAMwAxAGEAYQAyAGIA";
  static final String KEY_16 = lines(IntStream.rangeClosed(1, 16));
  static final String KEY_24 = lines(IntStream.rangeClosed(1, 24));
  static final String KEY_32 = "0\n255\n" + lines(IntStream.rangeClosed(1, 29)) + "254\n";

  @TempDir Path folder;

  static String lines(IntStream numbers) {
    return numbers.mapToObj(number -> number + "\n").collect(Collectors.joining());
  }

  static Settings read(Map<String, String> settings) throws BadSettings {
    Map<String, String> all = new HashMap<>(SettingsTest.LEAST);
    all.putAll(settings);
    return Settings.read(all);
  }

  static Map<String, String> principal(String password, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("AzureTenant", TENANT);
    settings.put("AzureClientID", CLIENT);
    settings.put("AzureCredPassword", password);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  static String secret(Map<String, String> settings) throws BadSettings {
    return ((Identity.ServicePrincipal) read(settings).identity()).secret();
  }

  static String problem(Map<String, String> settings) {
    BadSettings bad = catchThrowableOfType(BadSettings.class, () -> read(settings));
    assertThat(bad).as(settings.toString()).isNotNull();
    assertThat(bad).hasNoCause();
    assertThat(bad.getMessage())
        .doesNotContain(SECRET, MARK, "MgB8", "255\n", "1\n2\n", "1,2,", "hunter2");
    return bad.getMessage();
  }

  Map<String, String> withFile(String password, byte[] key) throws IOException {
    Path file = Files.write(folder.resolve("PassEncryptKey.key"), key);
    return principal(password, "AZURE_CRED_KEY_FILE", file.toString());
  }
}
