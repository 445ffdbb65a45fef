package dev.alertcapture.bench;

import dev.alertcapture.evidence.Explain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a large capture with our reader and, where it is installed, with tshark, in turn, and
 * prints the fastest run of each: with the JVM's own flags, and with those of the Functions worker.
 *
 * <pre>java dev.alertcapture.bench.Bench FOLDER PACKETS ROUNDS</pre>
 */
public final class Bench {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();
  private static final List<String> HEAP = List.of("-Xmx256m");
  private static final List<String> WORKER =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-noverify");
  private static final List<String> FORMATS = List.of("marks", "names", "totals");
  private static final int ONCE_FROM_SECONDS = 20;
  private static final String TSHARK = "tshark -q -z conv,tcp -z io,phs -z expert";

  private final Path folder;
  private final int rounds;
  private final List<String> table = new ArrayList<>();

  private Bench(Path folder, int rounds) {
    this.folder = folder;
    this.rounds = rounds;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Bench bench = new Bench(Files.createDirectories(Path.of(args[0])), Integer.parseInt(args[2]));
    long packets = Long.parseLong(args[1]);
    bench.measure("ordinary traffic", new LargeCapture(packets, false));
    bench.measure("with a SYN scan", new LargeCapture(packets, true));
    Files.write(bench.folder.resolve("table.txt"), bench.table);
  }

  private void measure(String title, LargeCapture capture)
      throws IOException, InterruptedException {
    Path file = folder.resolve(title.replace(' ', '-') + ".pcap");
    long packets = capture.write(file);
    say("%s: %d packets, %d MB".formatted(title, packets, Files.size(file) / 1_000_000));
    Map<String, List<String>> commands = commands(file);
    Map<String, Run> fastest = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> each : commands.entrySet()) {
        if (round > 0 && fastest.get(each.getKey()).seconds() > ONCE_FROM_SECONDS) {
          continue;
        }
        Run run = Run.of(each.getValue(), folder.resolve("log"));
        fastest.merge(each.getKey(), run, (a, b) -> a.seconds() <= b.seconds() ? a : b);
      }
    }
    double slowest = fastest.values().stream().mapToDouble(Run::seconds).max().orElseThrow();
    fastest.forEach(
        (name, run) -> say(run.row(name, packets) + "%8.1fx".formatted(slowest / run.seconds())));
    say("");
  }

  private static Map<String, List<String>> commands(Path file) {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (String format : FORMATS) {
      commands.put("ours, " + format, ours(HEAP, format, file));
      commands.put("ours, " + format + ", worker's flags", ours(WORKER, format, file));
    }
    if (installed("tshark")) {
      List<String> command = new ArrayList<>(List.of(TSHARK.split(" ")));
      command.addAll(List.of("-n", "-r", file.toString()));
      commands.put("tshark", command);
    } else {
      System.out.println("tshark is not installed, so it is not measured.");
    }
    return commands;
  }

  private static List<String> ours(List<String> flags, String format, Path file) {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(flags);
    // As it is deployed: the app's classes alone, not the tests'.
    String classes = Path.of("target/classes").toAbsolutePath().toString();
    command.addAll(List.of("-cp", classes, Explain.class.getName()));
    command.addAll(List.of("--format", format, file.toString()));
    return command;
  }

  private static boolean installed(String program) {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void say(String line) {
    System.out.println(line);
    table.add(line);
  }
}
