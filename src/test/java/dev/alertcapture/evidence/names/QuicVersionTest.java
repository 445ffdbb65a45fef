package dev.alertcapture.evidence.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuicVersionTest {
  @ParameterizedTest
  @CsvSource({
    "00000001, 38762cf7",
    "6b3343cf, 0dede3de",
    "ff000015, 7fbcdb0e",
    "ff000016, 7fbcdb0e",
    "ff000017, c3eef712",
    "ff00001c, c3eef712",
    "ff00001d, afbfec28",
    "ff000020, afbfec28",
    "ff000021, 38762cf7",
    "ff000022, 38762cf7",
    "faceb001, 7fbcdb0e",
    "faceb002, c3eef712",
    "faceb00e, c3eef712",
    "1a2a3a4a, afbfec28",
  })
  void saltsAreThoseOfTheVersionsDocument(String number, String salt) {
    QuicVersion version = QuicVersion.of(HexFormat.fromHexDigits(number));
    assertThat(HexFormat.of().formatHex(version.salt())).startsWith(salt).hasSize(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "00000002", "ff000014", "ff000023", "51303433", "1a2a3a4b"})
  void othersAreNotKnown(String number) {
    assertThat(QuicVersion.of(HexFormat.fromHexDigits(number))).isNull();
  }
}
