package dev.alertcapture.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One run of a process, from its start to its end.
 *
 * @param peakKib the most memory that it had, as Linux counts it; -1 elsewhere
 */
record Run(double seconds, long peakKib) {
  private static final int LOOK_EVERY_MILLIS = 20;

  static Run of(List<String> command, Path log) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile())
            .start();
    try {
      long peak = -1;
      do {
        peak = Math.max(peak, peakKib(process.pid()));
      } while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
      double seconds = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new IOException(command + " failed: " + Files.readString(log));
      }
      return new Run(seconds, peak);
    } finally {
      process.destroyForcibly();
    }
  }

  private static long peakKib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  String row(String name, long packets) {
    String memory = peakKib < 0 ? "-" : peakKib / 1024 + " MiB";
    return String.format(
        Locale.ROOT,
        "%-40s %8.2f s %12.0f packets/s %10s",
        name,
        seconds,
        packets / seconds,
        memory);
  }
}
