package dev.alertcapture.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rows that were recorded once are read by every later version, and lose nothing when rewritten.
 */
class GoldenRowsTest {
  private static final Path ROWS = Path.of("src/test/resources/rows");

  private static List<String> rows(String prefix) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(ROWS)) {
      for (Path file : files.toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(prefix))
            .map(line -> line.substring(line.indexOf('\t') + 1))
            .forEach(rows::add);
      }
    }
    return rows;
  }

  private static void areReadAndRewritten(List<String> rows, Class<?> type) {
    assertThat(rows).hasSizeGreaterThan(5);
    for (String row : rows) {
      assertThat(RowJson.read(row, type).map(RowJson::write)).contains(row);
    }
  }

  @Test
  void recordedCapturesAreReadAndLoseNothing() throws IOException {
    areReadAndRewritten(rows("c:"), Capture.class);
  }

  @Test
  void recordedTargetsAndLedgersAreReadAndLoseNothing() throws IOException {
    areReadAndRewritten(rows("t:"), TargetRecord.class);
    areReadAndRewritten(rows("s:"), SlotLedger.class);
  }
}
