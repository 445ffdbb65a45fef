package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files stay small, no package outgrows the others, and each says what lives in it. */
class HouseTest {
  private static final int MAX_LINES = 300;
  private static final double MAX_SHARE = 0.25;
  private static final Path MAIN = Path.of("src/main/java");

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noFileHasMoreThan300Lines() throws IOException {
    assertThat(sources(Path.of("src")))
        .allSatisfy(
            file -> assertThat(lines(file)).as(file.toString()).isLessThanOrEqualTo(MAX_LINES));
  }

  @Test
  void noPackageHasMoreThanAQuarterOfTheLines() throws IOException {
    Map<Path, Long> packages =
        sources(MAIN).stream()
            .collect(
                Collectors.groupingBy(
                    Path::getParent, TreeMap::new, Collectors.summingLong(HouseTest::lines)));
    long all = packages.values().stream().mapToLong(Long::longValue).sum();
    packages.forEach(
        (folder, lines) ->
            assertThat((double) lines / all).as(folder.toString()).isLessThan(MAX_SHARE));
  }

  @Test
  void everyPackageSaysWhatLivesInIt() throws IOException {
    assertThat(sources(MAIN).stream().map(Path::getParent).distinct())
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }
}
