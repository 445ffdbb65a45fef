package dev.alertcapture.evidence;

import dev.alertcapture.evidence.Explanation.RefusedException;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.packet.Decoder;
import dev.alertcapture.evidence.pcap.CaptureReader;
import dev.alertcapture.evidence.report.Report;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads capture files and prints what they show:
 *
 * <pre>java dev.alertcapture.evidence.Explain --metric "Network Out Total" capture.cap</pre>
 *
 * <p>{@link Options#USAGE} has all options. {@code text} is for people, {@code json} has a line for
 * each file. {@code marks}, {@code names} and {@code totals} are for comparing with tshark: see
 * {@link MarksFormat}, {@link NamesFormat} and {@link TotalsFormat}. Exit 2 where a file can't be
 * read, and for a wrong call, each with one line that says why.
 */
public final class Explain {
  private final Options options;
  private final PrintStream out;
  private boolean failed;

  private Explain(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(Options.USAGE);
      System.exit(2);
      return;
    }
    // Reports have no-break spaces whatever the terminal's own encoding is.
    try (PrintStream out = new PrintStream(stream(options), false, StandardCharsets.UTF_8)) {
      Explain explain = new Explain(options, out);
      for (String file : options.files()) {
        explain.file(file);
      }
      out.flush();
      if (explain.failed) {
        System.exit(2);
      }
    }
  }

  private static java.io.OutputStream stream(Options options) throws IOException {
    return options.out() == null ? System.out : Files.newOutputStream(Path.of(options.out()));
  }

  private void file(String file) {
    try (InputStream in = new FileInputStream(file)) {
      if (options.format().equals("text") || options.format().equals("json")) {
        report(file, in);
      } else {
        compare(in);
      }
    } catch (RefusedException e) {
      fail(file, e.getMessage());
    } catch (FileNotFoundException e) {
      fail(file, "can't be opened: look at its path and rights");
    } catch (IOException e) {
      fail(file, "can't be read: " + e.getMessage());
    }
  }

  private void report(String file, InputStream in) throws IOException, RefusedException {
    Report report = Explanation.explain(in, file, options.question());
    if (options.format().equals("json")) {
      out.print(report.json() + "\n");
    } else {
      out.print(options.files().size() > 1 ? file + "\n\n" + report.text() + "\n" : report.text());
    }
  }

  private void compare(InputStream in) throws IOException, RefusedException {
    CaptureReader reader = new CaptureReader(in);
    if (reader.refusal() != null) {
      throw new RefusedException(reader.refusal());
    }
    Tables tables = new Tables(Runtime.getRuntime().maxMemory());
    Tracker tracker = new Tracker(tables);
    add(options.format(), tables, tracker, new Output(out));
    read(reader, tracker);
  }

  /** Has a tracker print in a format for comparing; false where there is none of that name. */
  static boolean add(String format, Tables tables, Tracker tracker, Output out) {
    switch (format) {
      case "marks" -> tracker.add(new MarksFormat(out));
      case "names" -> {
        Names names = new Names(tables);
        tracker.add(names);
        tracker.add(new NamesFormat(names, out));
      }
      case "totals" -> tracker.add(new TotalsFormat(tables, out));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Shows all packets of a capture to a tracker. */
  static void read(CaptureReader reader, Tracker tracker) throws IOException {
    Decoder decoder = new Decoder();
    while (reader.next()) {
      if (reader.record().packet) {
        tracker.packet(decoder.decode(reader.record()));
      }
    }
    tracker.end();
  }

  private void fail(String file, String why) {
    System.err.println(file + ": " + why);
    failed = true;
  }
}
