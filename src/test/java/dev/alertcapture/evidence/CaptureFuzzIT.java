package dev.alertcapture.evidence;

import dev.alertcapture.testing.JazzerRun;
import dev.alertcapture.traffic.Case;
import dev.alertcapture.traffic.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    new JazzerRun(folder, target)
        .with(
            "--instrumentation_includes=dev.alertcapture.evidence.**",
            // Counts what the process was forked from; the heap is what is bounded.
            "-rss_limit_mb=0",
            "-timeout=" + SECONDS_EACH,
            "-max_len=" + LONGEST)
        .findsNothing(RUNS, SEED, "256m", seeds);
  }
}
