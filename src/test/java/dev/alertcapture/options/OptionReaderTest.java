package dev.alertcapture.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.options.CaptureOptions.Filter;
import dev.alertcapture.options.OptionReader.Problem;
import dev.alertcapture.options.OptionReader.Read;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionReaderTest {
  private static final CaptureOptions DEFAULTS =
      new CaptureOptions(
          Duration.ofSeconds(10), 96, 1000, List.of(new Filter("UDP", null, null, null, "53")));

  @Test
  void nothingSaidIsTheDefault() {
    assertThat(OptionReader.read(DEFAULTS, Map.of())).isEqualTo(new Read(DEFAULTS, List.of()));
  }

  @Test
  void allOptionsAreReadUnderNamesInAnyLetterCase() {
    Read read =
        OptionReader.read(
            DEFAULTS,
            Map.of(
                "TIMELIMIT", "PT5H",
                "bytesperpacket", "0",
                "BytesPerSession", "4294967295",
                "filters", "[{\"protocol\": \"TCP\"}]"));

    assertThat(read.problems()).isEmpty();
    assertThat(read.options())
        .isEqualTo(
            new CaptureOptions(
                Duration.ofHours(5),
                0,
                4294967295L,
                List.of(new Filter("TCP", null, null, null, null))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeLimit       | PT0S       | from PT1S to PT5H",
        "timeLimit       | PT5H1S     | from PT1S to PT5H",
        "timeLimit       | PT1.5S     | whole seconds",
        "timeLimit       | 10         | ISO 8601",
        "timeLimit       | PT99999999999999999999S | ISO 8601",
        "bytesPerPacket  | -1         | 0 to 4294967295",
        "bytesPerPacket  | 4294967296 | 0 to 4294967295",
        "bytesPerSession | 1e3        | 0 to 4294967295",
        "filters         | tcp        | not a list in JSON"
      })
  void whatCannotBeUsedIsSaidAndTheDefaultStays(String option, String value, String said) {
    Read read = OptionReader.read(DEFAULTS, Map.of(option, value));

    assertThat(read.options()).isEqualTo(DEFAULTS);
    assertThat(read.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.option()).isEqualTo(option))
        .satisfies(problem -> assertThat(problem.what()).contains(said));
  }

  @Test
  void oneProblemKeepsNoOtherOptionFromBeingUsed() {
    Read read =
        OptionReader.read(DEFAULTS, Map.of("timeLimit", "forever", "bytesPerPacket", "128"));

    assertThat(read.options().bytesPerPacket()).isEqualTo(128);
    assertThat(read.problems()).extracting(Problem::option).containsExactly("timeLimit");
  }

  @ParameterizedTest
  @CsvSource({"storageAccount", "limit", "scopes", "localPath", "''"})
  void thereIsNoOptionForWhatARuleMayNotChange(String option) {
    assertThat(OptionReader.read(DEFAULTS, Map.of(option, "1")).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).startsWith("not an option; there are"));
  }

  @Test
  void whatIsQuotedIsOneLineOfBoundedLength() {
    String hostile = "x\r\n\u0000\"" + "y".repeat(5000);
    Read read = OptionReader.read(DEFAULTS, Map.of(hostile, "1", "timeLimit", hostile));

    assertThat(OptionReader.inWords("capture.", read.problems()))
        .doesNotContain("\n", "\r", "\u0000")
        .hasSizeLessThan(500);
  }
}
