package dev.alertcapture.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.testing.Tshark;
import dev.alertcapture.traffic.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that tshark says of a capture as well, on captures of every kind. */
class AgainstTsharkIT {
  /** Told apart by their tunnel, where tshark takes them for one connection. */
  private static final String TWO_TUNNELS = "two tunnels with the same addresses";

  @TempDir private Path folder;

  static List<Case> cases() {
    return Case.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatTsharkSays(Case each) throws IOException {
    byte[] capture = each.bytes();
    TsharkReading theirs = new TsharkReading(Tshark.in(folder), capture);
    Totals totals = Totals.ours(Reading.totals(capture));

    SoftAssertions softly = new SoftAssertions();
    if (!each.name().equals(TWO_TUNNELS)) {
      softly
          .assertThat(theirs.comparable(Reading.marks(capture)))
          .as("marks")
          .isEqualTo(theirs.marks);
    }
    softly.assertThat(totals.differences(Totals.tsharks(theirs.tables))).as("totals").isEmpty();
    softly.assertThat(Reading.names(capture)).as("names").isEqualTo(theirs.names);
    softly.assertAll();
  }

  @Test
  void tunnelsWithTheSameAddressesAreToldApart() throws IOException {
    Tshark tshark = Tshark.in(folder);
    byte[] both = named(TWO_TUNNELS).bytes();
    List<String> alone = new TsharkReading(tshark, named("VXLAN").bytes()).marks;

    assertThat(new TsharkReading(tshark, both).marks).asString().contains("reused_ports");
    assertThat(kinds(Reading.marks(both))).isEqualTo(kinds(alone));
  }

  private static Case named(String name) {
    return cases().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> kinds(List<String> marks) {
    return marks.stream().map(line -> line.replaceFirst("[0-9]+\t", "")).sorted().toList();
  }
}
