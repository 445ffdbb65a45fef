package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.pcap.CaptureReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What our own reader prints of a capture, in the formats for comparing with tshark. */
final class Reading {
  static final long HEAP = 256L << 20;

  final List<String> lines;

  /** The last frame that the reader came to. */
  final long frames;

  /** Reads all formats in one pass, with tables for a heap of so many bytes. */
  Reading(InputStream in, long heap) throws IOException {
    this(in, heap, "marks", "names", "totals");
  }

  Reading(InputStream in, long heap, String... formats) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(bytes, false, StandardCharsets.US_ASCII);
    Output out = new Output(print);
    Tables tables = new Tables(heap);
    Tracker tracker = new Tracker(tables);
    for (String format : formats) {
      if (!Explain.add(format, tables, tracker, out)) {
        throw new IllegalArgumentException(format);
      }
    }
    CaptureReader reader = new CaptureReader(in);
    Explain.read(reader, tracker);
    print.flush();
    lines = bytes.toString(StandardCharsets.US_ASCII).lines().toList();
    frames = reader.record().frame;
  }

  static List<String> marks(byte[] capture) throws IOException {
    return of("marks", capture);
  }

  static List<String> names(byte[] capture) throws IOException {
    return of("names", capture);
  }

  static List<String> totals(byte[] capture) throws IOException {
    return of("totals", capture);
  }

  private static List<String> of(String format, byte[] capture) throws IOException {
    return new Reading(new ByteArrayInputStream(capture), HEAP, format).lines;
  }
}
