package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What comments cite is there, and the design's first page points at the right lines. */
class DesignDocsTest {
  private static final Path DESIGN = Path.of("docs/design");
  private static final Pattern CITED =
      Pattern.compile("docs/design/([a-z]+\\.md)((?:,? (?:from |and )?\"[^\"]+\")*)");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern COMMENT_GOES_ON = Pattern.compile("\\n\\s*(?:\\*|//)\\s*");

  /** {@code `code`: [File.java:12](path#L12)}: the code stands in that line. */
  private static final Pattern POINTER =
      Pattern.compile("`([^`]+)`[^`\\[]*\\[[A-Za-z]+\\.java:(\\d+)]\\(([^)#]+)#L(\\d+)\\)");

  @Test
  void everyPageAndHeadingThatACommentCitesIsThere() throws IOException {
    List<String> wrong = new ArrayList<>();
    int cited = 0;
    for (Path source : sources()) {
      String text = COMMENT_GOES_ON.matcher(Files.readString(source)).replaceAll(" ");
      Matcher citation = CITED.matcher(text);
      while (citation.find()) {
        cited++;
        List<String> headings = headings(DESIGN.resolve(citation.group(1)));
        if (headings.isEmpty()) {
          wrong.add(source.getFileName() + " cites " + citation.group(1));
        }
        QUOTED
            .matcher(citation.group(2))
            .results()
            .map(heading -> heading.group(1))
            .filter(heading -> !headings.contains(heading))
            .forEach(heading -> wrong.add(source.getFileName() + " cites \"" + heading + "\""));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(cited).isGreaterThan(40);
  }

  @Test
  void theFirstPagePointsAtTheLinesThatItSpeaksOf() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> right = new ArrayList<>();
    Matcher pointer = POINTER.matcher(Files.readString(DESIGN.resolve("README.md")));
    while (pointer.find()) {
      List<String> lines = Files.readAllLines(DESIGN.resolve(pointer.group(3)));
      int line = Integer.parseInt(pointer.group(2));
      boolean same = pointer.group(2).equals(pointer.group(4));
      boolean there = line <= lines.size() && lines.get(line - 1).contains(pointer.group(1));
      (same && there ? right : wrong).add(pointer.group());
    }
    assertThat(wrong).isEmpty();
    assertThat(right).hasSizeGreaterThan(6);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src"))) {
      return all.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.endsWith("DesignDocsTest.java"))
          .toList();
    }
  }

  private static List<String> headings(Path page) throws IOException {
    return Files.notExists(page)
        ? List.of()
        : Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", ""))
            .toList();
  }
}
