package dev.alertcapture.bench;

import static dev.alertcapture.traffic.Time.s;

import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Frame;
import dev.alertcapture.traffic.HealthyMachine;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A capture of a busy web server, second by second, with a scan of its ports or without. */
final class LargeCapture {
  private static final Host MACHINE = Host.machine("10.0.0.4");
  private static final int CONNECTIONS_PER_SECOND = 100;
  private static final int SCANNED_PER_SECOND = 2_000;
  private static final int CLOSED_PORTS_ANSWERED = 4;

  private final long packets;
  private final boolean scanned;
  private final List<Frame> later = new ArrayList<>();
  private long written;
  private int second;

  LargeCapture(long packets, boolean scanned) {
    this.packets = packets;
    this.scanned = scanned;
  }

  /** Returns how many packets there are: whole seconds of them, so a few more than asked for. */
  long write(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      CaptureFile.pcap().write(out, Stream.generate(this::next).takeWhile(part -> !part.isEmpty()));
    }
    return written;
  }

  /** The frames of one second; those of connections that go on stay for the next. */
  private List<Frame> next() {
    if (written >= packets) {
      return List.of();
    }
    Traffic traffic = new Traffic(MACHINE, second);
    new HealthyMachine(traffic, MACHINE, second).run(s(second), 1, CONNECTIONS_PER_SECOND);
    if (scanned) {
      scan(traffic, new Random(second));
    }
    second++;
    later.addAll(traffic.frames());
    later.sort(Comparator.comparingLong(Frame::time));
    long end = Traffic.START + s(second);
    List<Frame> now = later.stream().takeWhile(frame -> frame.time() < end).toList();
    later.subList(0, now.size()).clear();
    written += now.size();
    return now;
  }

  private void scan(Traffic traffic, Random random) {
    Host scanner = Host.at("198.51.100.7");
    for (int i = 0; i < SCANNED_PER_SECOND; i++) {
      traffic.at(s(second + (double) i / SCANNED_PER_SECOND));
      int from = 1_024 + random.nextInt(60_000);
      Tcp attempt = traffic.tcp(scanner, from, MACHINE, 1 + random.nextInt(65_535));
      attempt.client.syn();
      if (i % CLOSED_PORTS_ANSWERED == 0) {
        attempt.server.refuse();
      }
    }
  }
}
