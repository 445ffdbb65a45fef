package dev.alertcapture.traffic;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A capture that stands for one thing that captures show. */
public record Case(String name, CaptureFile format, Supplier<Traffic> traffic) {
  static Case of(String name, Supplier<Traffic> traffic) {
    return new Case(name, CaptureFile.pcap(), traffic);
  }

  /** All there are. */
  public static List<Case> all() {
    return Stream.of(TcpCases.all(), LossCases.all(), PacketCases.all(), FileCases.all())
        .flatMap(List::stream)
        .toList();
  }

  public byte[] bytes() {
    return format.bytes(traffic.get());
  }

  @Override
  public String toString() {
    return name;
  }
}
