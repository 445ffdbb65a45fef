package dev.alertcapture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Alerts of the project's own, made to docs/design/alerts.md: every schema, state, kind of target
 * and quirk, and for each what is to come of it.
 */
final class Corpus {
  static final Path FOLDER = Path.of("src/test/resources/dev/alertcapture/corpus");

  private Corpus() {}

  /**
   * One of them.
   *
   * @param schema as the alert calls it; none where the body is no alert
   * @param state fired, resolved, other or none
   * @param why part of the reason that is given
   * @param captures short names of the targets that are captured
   */
  record Sample(
      String file, String schema, String state, int status, String why, List<String> captures) {
    String body() {
      return Corpus.body(file);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static String body(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Sample> samples() {
    return body("expected.tsv").lines().skip(1).map(Corpus::sample);
  }

  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(f -> f.endsWith(".json"))
          .toList()
          .stream();
    }
  }

  private static Sample sample(String line) {
    String[] columns = line.split("\t", -1);
    List<String> captures = columns[6].isEmpty() ? List.of() : List.of(columns[6].split(",", -1));
    int status = Integer.parseInt(columns[3]);
    return new Sample(columns[0], columns[1], columns[2], status, columns[5], captures);
  }
}
