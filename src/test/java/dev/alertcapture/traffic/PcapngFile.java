package dev.alertcapture.traffic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One section of pcapng: interfaces as they come, and at the end what each of them dropped. */
final class PcapngFile implements CaptureFile.Records {
  private static final long SECTION = 0x0A0D0D0AL;
  private static final int INTERFACE = 1;
  private static final int STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;
  private static final int IF_NAME = 2;
  private static final int IF_TSRESOL = 9;
  private static final int ISB_IFDROP = 5;

  private static final int SHB_USERAPPL = 4;

  private final Sink sink;
  private final int snapLength;
  private final byte[] application;
  private final List<Nic> nics = new ArrayList<>();
  private long last;
  private boolean begun;

  PcapngFile(Sink sink, int snapLength, String application) {
    this.sink = sink;
    this.snapLength = snapLength;
    this.application = application.getBytes(StandardCharsets.UTF_8);
  }

  private void begin() throws IOException {
    if (!begun) {
      int options = application.length == 0 ? 0 : 8 + padded(application.length);
      int length = 28 + options;
      sink.u32(SECTION).u32(length).u32(0x1A2B3C4D).u16(1).u16(0).u32(-1).u32(-1);
      if (options > 0) {
        sink.u16(SHB_USERAPPL).u16(application.length).padded(application).u32(0);
      }
      sink.u32(length);
      begun = true;
    }
  }

  @Override
  public void add(Frame frame) throws IOException {
    begin();
    int nic = nics.indexOf(frame.nic);
    if (nic < 0) {
      nic = nics.size();
      nics.add(frame.nic);
      describe(frame.nic);
    }
    int length = 32 + padded(frame.bytes.length);
    sink.u32(ENHANCED_PACKET).u32(length).u32(nic);
    time(frame.nic.ticks(frame.time));
    sink.u32(frame.bytes.length).u32(frame.length).padded(frame.bytes).u32(length);
    last = frame.time;
  }

  private void describe(Nic nic) throws IOException {
    byte[] name = nic.name().getBytes(StandardCharsets.UTF_8);
    int length = 20 + 4 + padded(name.length) + 8 + 4;
    sink.u32(INTERFACE).u32(length).u16(nic.link().number).u16(0).u32(snapLength);
    sink.u16(IF_NAME).u16(name.length).padded(name);
    sink.u16(IF_TSRESOL).u16(1).padded((byte) nic.resolution());
    sink.u32(0).u32(length);
  }

  @Override
  public void end() throws IOException {
    begin();
    for (Nic nic : nics) {
      if (nic.dropped() >= 0) {
        int length = 24 + 12 + 4;
        sink.u32(STATISTICS).u32(length).u32(nics.indexOf(nic));
        time(nic.ticks(last));
        sink.u16(ISB_IFDROP).u16(8);
        sink.u32(nic.dropped()).u32(0).u32(0).u32(length);
      }
    }
  }

  private void time(long ticks) throws IOException {
    sink.u32(ticks >>> 32).u32(ticks);
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
