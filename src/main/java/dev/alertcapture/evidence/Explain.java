package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.packet.Decoder;
import dev.alertcapture.evidence.pcap.CaptureReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a capture file and prints what it shows:
 *
 * <pre>java dev.alertcapture.evidence.Explain --format marks|names|totals FILE</pre>
 *
 * <p>{@code marks}, {@code names} and {@code totals} are for comparing with tshark: see {@link
 * MarksFormat}, {@link NamesFormat} and {@link TotalsFormat}. Exit 0, 1 where the file is refused
 * or can't be read, 2 for a wrong call.
 */
public final class Explain {
  private static final String USAGE = "usage: Explain --format marks|names|totals FILE";

  private Explain() {}

  public static void main(String[] args) {
    if (args.length != 3 || !args[0].equals("--format")) {
      fail(2, USAGE);
      return;
    }
    Tables tables = new Tables(Runtime.getRuntime().maxMemory());
    Tracker tracker = new Tracker(tables);
    if (!add(args[1], tables, tracker, new Output(System.out))) {
      fail(2, USAGE);
      return;
    }
    try (InputStream in = new FileInputStream(args[2])) {
      CaptureReader reader = new CaptureReader(in);
      read(reader, tracker);
      if (reader.refusal() != null) {
        fail(1, args[2] + ": " + reader.refusal().say());
      }
    } catch (IOException e) {
      fail(1, args[2] + ": " + e);
    }
  }

  /** Has a tracker print in a format; false where there is none of that name. */
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

  private static void fail(int status, String why) {
    System.err.println(why);
    System.exit(status);
  }
}
