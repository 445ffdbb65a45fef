package dev.alertcapture.evidence.packet;

import dev.alertcapture.evidence.pcap.CaptureRecord;

/**
 * Decodes records into one reused {@link Packet}. Never throws, whatever the bytes are: what can't
 * be read is left out, and lengths that contradict each other are cut to the smaller one.
 *
 * <p>Keeps only the fragments of datagrams that are not complete yet, at most 2 MiB of them.
 */
public final class Decoder {
  final Packet packet = new Packet();
  final Fragments fragments = new Fragments();

  /** Decodes a record; its packet holds until the next call. */
  public Packet decode(CaptureRecord record) {
    Packet p = packet;
    p.frame = record.frame;
    p.offset = record.offset;
    p.time = record.time;
    p.timed = record.timed;
    p.badFraction = record.badFraction;
    p.wireLength = record.length;
    p.captured = record.captured;
    p.link = record.link;
    p.interfaceId = record.interfaceId;
    p.data = record.data;
    p.from = record.from;
    p.to = record.from + record.captured;
    p.begin();
    Link.decode(this, p.from, p.to, p.wireLength);
    return p;
  }
}
