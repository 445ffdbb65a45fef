package dev.alertcapture.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import dev.alertcapture.traffic.Case;
import dev.alertcapture.traffic.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Mutates captures of every kind, always in the same way, in a small heap. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CaptureFuzzIT {
  private static final int RUNS = 10_000;
  private static final int SEED = 7;
  private static final int LONGEST = 8_192;
  private static final int SECONDS_EACH = 10;

  @TempDir private Path folder;

  @Test
  void noMutatedFileBreaksTheReader() throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    for (Case each : Case.all()) {
      byte[] file = each.bytes();
      if (file.length <= LONGEST) {
        Files.write(seeds.resolve(name(each)), file);
      }
    }
    run(CaptureFuzz.class, seeds);
  }

  @Test
  void noMutatedPacketBreaksTheDecoder() throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    for (Case each : Case.all()) {
      if (!each.name().startsWith("5 GiB")) {
        Files.write(seeds.resolve(name(each)), packets(each.traffic().get().frames()));
      }
    }
    run(PacketFuzz.class, seeds);
  }

  private static String name(Case each) {
    return each.name().replaceAll("[^A-Za-z0-9]+", "-");
  }

  /** Of Ethernet, as {@link PacketFuzz} reads them, as many as fit. */
  private static byte[] packets(List<Frame> frames) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    for (Frame frame : frames) {
      byte[] bytes = frame.bytes();
      if (out.size() + bytes.length + 3 <= LONGEST) {
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.write(20);
        out.write(bytes);
      }
    }
    return out.toByteArray();
  }

  private void run(Class<?> target, Path seeds) throws Exception {
    Path log = folder.resolve("log");
    Path findings = Files.createDirectory(folder.resolve("findings"));
    Path made = Files.createDirectory(folder.resolve("made"));
    Process process =
        new ProcessBuilder(command(target, made, seeds, findings))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
      assertThat(process.exitValue()).as(tail(log)).isZero();
      assertThat(Files.readString(log)).contains("Done " + RUNS + " runs");
      assertThat(findings).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> command(Class<?> target, Path made, Path seeds, Path findings) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        Jazzer.class.getName(),
        "--target_class=" + target.getName(),
        "--instrumentation_includes=dev.alertcapture.evidence.**",
        "--reproducer_path=" + findings,
        "-artifact_prefix=" + findings + "/",
        "-seed=" + SEED,
        "-runs=" + RUNS,
        // Counts what the process was forked from; the heap is what is bounded.
        "-rss_limit_mb=0",
        "-timeout=" + SECONDS_EACH,
        "-max_len=" + LONGEST,
        made.toString(),
        seeds.toString());
  }

  private static String tail(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - 4000));
  }
}
