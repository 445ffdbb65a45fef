package dev.alertcapture.evidence;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Timeline;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.packet.Decoder;
import dev.alertcapture.evidence.pcap.CaptureReader;
import dev.alertcapture.evidence.pcap.CaptureRecord;
import dev.alertcapture.evidence.pcap.LinkTypes;
import dev.alertcapture.evidence.pcap.Refusal;
import dev.alertcapture.evidence.quality.FileEnd;
import dev.alertcapture.evidence.report.CaptureInfo;
import dev.alertcapture.evidence.report.Report;
import dev.alertcapture.evidence.self.OwnSide;
import dev.alertcapture.evidence.self.Sides;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Explains one capture: reads it once, but for its first 8 MiB, and tells what it shows. Memory is
 * bounded whatever the file is; nothing is kept for a packet.
 */
public final class Explanation {
  /** So much of a file is read twice, to find out which addresses are the machine's. */
  private static final int HEAD = 8 << 20;

  private Explanation() {}

  /** The bytes are no capture. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(Refusal refusal) {
      super(refusal.say());
    }
  }

  /**
   * Reads a capture to its end.
   *
   * @param path what the report calls the file, or null
   * @throws RefusedException for anything but pcap and pcapng; the message says what it is
   * @throws IOException if the stream breaks
   */
  public static Report explain(InputStream in, String path, Question question)
      throws IOException, RefusedException {
    Digesting digesting = new Digesting(in);
    try {
      byte[] head = digesting.readNBytes(HEAD);
      OwnSide own =
          question.self().isEmpty()
              ? OwnSide.infer(head, head.length)
              : OwnSide.given(question.self());
      PushbackInputStream whole = new PushbackInputStream(digesting, Math.max(1, head.length));
      whole.unread(head);
      CaptureReader reader = new CaptureReader(whole);
      if (reader.refusal() != null) {
        throw new RefusedException(reader.refusal());
      }
      return read(reader, digesting, path, own, question);
    } finally {
      digesting.stop();
    }
  }

  private static Report read(
      CaptureReader reader, Digesting digesting, String path, OwnSide own, Question question)
      throws IOException {
    Tables tables = new Tables(Runtime.getRuntime().maxMemory());
    Tracker tracker = new Tracker(tables);
    Names names = new Names(tables);
    tracker.add(names);
    Sides sides = new Sides(tables, own, names.flowNames(), Set.copyOf(question.account()));
    tracker.add(sides);
    FlowLog log = new FlowLog(tables, sides, names);
    tracker.add(log);
    Words words = new Words(tables, names, question.machine());
    Context context = new Context(question, tables, names, own, sides, log, words);
    Watchers watchers = new Watchers(tracker, names);
    Catalogue catalogue = new Catalogue(context, watchers);
    Set<String> links = packets(reader, tracker);
    FileEnd end = new FileEnd(reader.facts(), reader.ending(), tables.timeline.frames());
    Quality quality = catalogue.quality(end);
    Findings findings = new Findings(quality, log.size());
    for (Rule rule : catalogue.rules()) {
      rule.tell(findings);
    }
    CaptureInfo info = info(path, reader, digesting, links, tables.timeline, context.duration());
    return new Report(info, question, own, findings, basis(context), catalogue.sections());
  }

  private static Set<String> packets(CaptureReader reader, Tracker tracker) throws IOException {
    Decoder decoder = new Decoder();
    Set<String> links = new TreeSet<>();
    int link = -1;
    while (reader.next()) {
      CaptureRecord record = reader.record();
      if (record.packet) {
        if (record.link != link) {
          link = record.link;
          links.add(LinkTypes.name(link));
        }
        tracker.packet(decoder.decode(record));
      }
    }
    tracker.end();
    return links;
  }

  private static CaptureInfo info(
      String path,
      CaptureReader reader,
      Digesting digesting,
      Set<String> links,
      Timeline time,
      long nanos)
      throws IOException {
    return new CaptureInfo(
        path,
        digesting.drain(),
        digesting.sha256(),
        reader.facts(),
        reader.ending(),
        List.copyOf(links),
        time.frames(),
        time.start(),
        time.now(),
        nanos);
  }

  private static String basis(Context context) {
    long tcp = 0;
    for (int row = 0; row < context.log().size(); row++) {
      tcp += context.log().isTcp(row) ? 1 : 0;
    }
    return "these "
        + Say.nanos(context.duration())
        + ": "
        + Say.count(context.tables().timeline.frames(), "packet")
        + ", "
        + Say.count(tcp, "connection")
        + ".";
  }
}
