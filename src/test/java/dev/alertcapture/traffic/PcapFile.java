package dev.alertcapture.traffic;

import java.io.IOException;

/** Classic pcap, all frames of one link type. */
final class PcapFile implements CaptureFile.Records {
  private final Sink sink;
  private final int magic;
  private final int nanosPerTick;
  private final byte[] extra;
  private final int snapLength;
  private Link link;

  PcapFile(Sink sink, int magic, int nanosPerTick, int extraBytes, int snapLength) {
    this.sink = sink;
    this.magic = magic;
    this.nanosPerTick = nanosPerTick;
    this.extra = new byte[extraBytes];
    this.snapLength = snapLength;
  }

  private void begin(Link of) throws IOException {
    link = of;
    sink.u32(magic).u16(2).u16(4).u32(0).u32(0).u32(snapLength).u32(link.number);
  }

  @Override
  public void add(Frame frame) throws IOException {
    if (link == null) {
      begin(frame.nic.link());
    } else if (link != frame.nic.link()) {
      throw new IllegalStateException("a pcap file has one link type");
    }
    sink.u32(frame.time / Time.NANOS_PER_SECOND)
        .u32(frame.time % Time.NANOS_PER_SECOND / nanosPerTick)
        .u32(frame.bytes.length)
        .u32(frame.length)
        .add(extra)
        .add(frame.bytes);
  }

  @Override
  public void end() throws IOException {
    if (link == null) {
      begin(Link.ETHERNET);
    }
  }
}
