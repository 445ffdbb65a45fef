package dev.alertcapture.traffic;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A format for capture files: {@code CaptureFile.pcap().bigEndian().bytes(traffic)}. */
public final class CaptureFile {
  private enum Kind {
    MICROSECONDS,
    NANOSECONDS,
    /** Kuznetzov's, with eight more bytes to a record. */
    MODIFIED,
    PCAPNG
  }

  private static final int MICRO = (int) Time.NANOS_PER_MICRO;

  private final Kind kind;
  private final boolean bigEndian;
  private final boolean packed;
  private final int snapLength;
  private final String application;

  private CaptureFile(Kind kind) {
    this(kind, false, false, Traffic.ALL, "");
  }

  private CaptureFile(
      Kind kind, boolean bigEndian, boolean packed, int snapLength, String application) {
    this.kind = kind;
    this.bigEndian = bigEndian;
    this.packed = packed;
    this.snapLength = snapLength;
    this.application = application;
  }

  /** In microseconds, little endian: what most programs write. */
  public static CaptureFile pcap() {
    return new CaptureFile(Kind.MICROSECONDS);
  }

  public static CaptureFile nanoseconds() {
    return new CaptureFile(Kind.NANOSECONDS);
  }

  public static CaptureFile modified() {
    return new CaptureFile(Kind.MODIFIED);
  }

  public static CaptureFile pcapng() {
    return new CaptureFile(Kind.PCAPNG);
  }

  public CaptureFile bigEndian() {
    return new CaptureFile(kind, true, packed, snapLength, application);
  }

  public CaptureFile gzip() {
    return new CaptureFile(kind, bigEndian, true, snapLength, application);
  }

  /** What the file says was kept of each frame; the traffic's own where that is written whole. */
  public CaptureFile snap(int bytes) {
    return new CaptureFile(kind, bigEndian, packed, bytes, application);
  }

  /** Who pcapng says wrote it. */
  public CaptureFile application(String name) {
    return new CaptureFile(kind, bigEndian, packed, snapLength, name);
  }

  public byte[] bytes(Traffic traffic) {
    return snap(traffic.snapLength()).bytes(traffic.frames());
  }

  public byte[] bytes(List<Frame> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(out, Stream.of(frames));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public void write(Path file, Traffic traffic) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      snap(traffic.snapLength()).write(out, Stream.of(traffic.frames()));
    }
  }

  /** Writes one file from parts that need not be in memory together. */
  public void write(OutputStream to, Stream<List<Frame>> parts) throws IOException {
    OutputStream out = packed ? new GZIPOutputStream(to) : to;
    Sink sink = new Sink(out, bigEndian);
    Records records =
        switch (kind) {
          case PCAPNG -> new PcapngFile(sink, snapLength, application);
          case MICROSECONDS -> new PcapFile(sink, 0xA1B2C3D4, MICRO, 0, snapLength);
          case NANOSECONDS -> new PcapFile(sink, 0xA1B23C4D, 1, 0, snapLength);
          case MODIFIED -> new PcapFile(sink, 0xA1B2CD34, MICRO, 8, snapLength);
        };
    for (List<Frame> part : (Iterable<List<Frame>>) parts::iterator) {
      for (Frame frame : part) {
        records.add(frame);
      }
    }
    records.end();
    if (out instanceof GZIPOutputStream zip) {
      zip.finish();
    }
    out.flush();
  }

  interface Records {
    void add(Frame frame) throws IOException;

    void end() throws IOException;
  }
}
