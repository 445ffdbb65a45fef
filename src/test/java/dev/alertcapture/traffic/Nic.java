package dev.alertcapture.traffic;

/**
 * An interface that is captured.
 *
 * @param resolution pcapng's if_tsresol: 6 for microseconds, 9 for nanoseconds, 0x80 | n for 2^-n
 * @param dropped packets that the interface says the capture lost; -1: says nothing
 */
public record Nic(String name, Link link, int resolution, long dropped) {
  public Nic(String name, Link link) {
    this(name, link, 6, -1);
  }

  public Nic resolution(int to) {
    return new Nic(name, link, to, dropped);
  }

  public Nic dropped(long packets) {
    return new Nic(name, link, resolution, packets);
  }

  /** A time in this interface's units. */
  long ticks(long nanos) {
    if ((resolution & 0x80) == 0) {
      long units = 1;
      for (int i = resolution; i < 9; i++) {
        units *= 10;
      }
      return nanos / units;
    }
    int bits = resolution & 0x7F;
    long seconds = nanos / Time.NANOS_PER_SECOND;
    long rest = nanos % Time.NANOS_PER_SECOND;
    return (seconds << bits) + (rest << bits) / Time.NANOS_PER_SECOND;
  }
}
