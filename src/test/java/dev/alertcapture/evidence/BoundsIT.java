package dev.alertcapture.evidence;

import static dev.alertcapture.traffic.Time.us;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Frame;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit is folded or left out, and a heap of 256 MB is enough for any file. */
class BoundsIT {
  private static final int PART = 10_000;
  private static final int FLOWS = 300_000;
  private static final Host VM = Host.machine("10.0.0.4");

  @TempDir private Path folder;

  @Test
  void threeMillionSynsAreRead() throws Exception {
    write(3_000_000, (traffic, n) -> connection(traffic, n, n).client.syn());
    readIn("marks", "names", "totals");
  }

  @Test
  void flowsWithGapsAreReadThoughTheyAreMoreThanTheTableHas() throws Exception {
    write(2 * FLOWS, BoundsIT::gaps);
    readIn("marks", "names", "totals");
  }

  @Test
  void aMillionNamesAreRead() throws Exception {
    write(
        1_000_000,
        (traffic, n) ->
            traffic
                .at(us(10.0 * n))
                .lookup(VM, Azure.WIRE_SERVER, "n" + n + ".contoso.net")
                .answer("10.1.2.3"));
    readIn("names");
  }

  /** All open, with two holes each; then all go on, with one more. */
  private static void gaps(Traffic traffic, int n) {
    Tcp tcp = connection(traffic, n, n % FLOWS).gap(1).rtt(1).think(1);
    if (n < FLOWS) {
      tcp.open().client.segment(100).drop(100).segment(100).drop(100).segment(50);
    } else {
      tcp.opened().client.drop(450).segment(10).drop(20).segment(30);
    }
  }

  private static Tcp connection(Traffic traffic, int n, int peer) {
    String address = "203.%d.%d.%d".formatted((peer >> 16) & 255, (peer >> 8) & 255, peer & 255);
    Host from = Host.at(address);
    return traffic.at(us(10.0 * n)).tcp(from, 1_024 + peer % 60_000, VM, 443).isn(peer, peer);
  }

  private void write(int times, ObjIntConsumer<Traffic> what) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file()), 1 << 20)) {
      Stream<List<Frame>> parts = IntStream.range(0, times / PART).mapToObj(p -> part(p, what));
      CaptureFile.pcap().write(out, parts);
    }
  }

  private Path file() {
    return folder.resolve("large.pcap");
  }

  private static List<Frame> part(int number, ObjIntConsumer<Traffic> what) {
    Traffic traffic = new Traffic(VM, number);
    for (int i = 0; i < PART; i++) {
      what.accept(traffic, number * PART + i);
    }
    return traffic.frames();
  }

  private void readIn(String... formats) throws Exception {
    for (String format : formats) {
      read(format);
    }
  }

  /** With G1, whose regions large arrays fragment. */
  private void read(String format) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseG1GC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Explain.class.getName(),
                "--format",
                format,
                file().toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
      assertThat(process.exitValue()).as(format + ": " + Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
