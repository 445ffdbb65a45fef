package dev.alertcapture.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tshark of this machine, with its default preferences. Where there is none, the test is
 * skipped; with {@code CI=true} it fails.
 */
public final class Tshark {
  private static final Duration READS_WITHIN = Duration.ofMinutes(5);

  private final Path folder;

  private Tshark(Path folder) {
    this.folder = folder;
  }

  /**
   * Finds it.
   *
   * @param folder an empty one, for what it writes
   */
  public static Tshark in(Path folder) {
    try {
      run(List.of("tshark", "--version"), folder);
      return new Tshark(folder);
    } catch (IOException e) {
      throw NodeProgram.missing("comparing with tshark needs tshark: " + e.getMessage(), e);
    }
  }

  /** What it prints of a capture, without the names of addresses. */
  public List<String> read(byte[] capture, String... arguments) throws IOException {
    Path file = Files.createTempFile(folder, "capture", "");
    try {
      Files.write(file, capture);
      List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
      command.addAll(List.of(arguments));
      return run(command, folder);
    } finally {
      Files.delete(file);
    }
  }

  /** A cut file makes it end with an error after all that it could read. */
  private static List<String> run(List<String> command, Path folder) throws IOException {
    File log = folder.resolve("tshark.log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Path out = Files.createTempFile(folder, "tshark", ".out");
    Process process = builder.redirectOutput(out.toFile()).start();
    try {
      if (!process.waitFor(READS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("tshark did not end in time: " + command);
      }
      return Files.readAllLines(out, StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
      Files.delete(out);
    }
  }
}
