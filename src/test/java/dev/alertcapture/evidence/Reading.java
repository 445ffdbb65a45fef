package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.pcap.CaptureReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What our own reader prints of a capture, in each format for comparing with tshark. */
final class Reading {
  private static final long HEAP = 256L << 20;

  private Reading() {}

  static List<String> marks(byte[] capture) throws IOException {
    return read("marks", new ByteArrayInputStream(capture), HEAP);
  }

  static List<String> names(byte[] capture) throws IOException {
    return read("names", new ByteArrayInputStream(capture), HEAP);
  }

  static List<String> totals(byte[] capture) throws IOException {
    return read("totals", new ByteArrayInputStream(capture), HEAP);
  }

  static List<String> read(String format, InputStream in, long heap) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(bytes, false, StandardCharsets.US_ASCII);
    Output out = new Output(print);
    Tables tables = new Tables(heap);
    Tracker tracker = new Tracker(tables);
    switch (format) {
      case "marks" -> tracker.add(new MarksFormat(out));
      case "totals" -> tracker.add(new TotalsFormat(tables, out));
      case "names" -> {
        Names names = new Names(tables);
        tracker.add(names);
        tracker.add(new NamesFormat(names, out));
      }
      default -> throw new IllegalArgumentException(format);
    }
    Explain.read(new CaptureReader(in), tracker);
    print.flush();
    return bytes.toString(StandardCharsets.US_ASCII).lines().toList();
  }
}
