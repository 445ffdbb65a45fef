package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;

import java.util.List;
import java.util.function.Consumer;

/** The formats, link types and lengths that files come in. */
final class FileCases {
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host WEB = Host.at("20.1.2.3");

  private FileCases() {}

  static List<Case> all() {
    return List.of(
        format("pcap, big endian", CaptureFile.pcap().bigEndian()),
        format("pcap in nanoseconds", CaptureFile.nanoseconds()),
        format("pcap in nanoseconds, big endian", CaptureFile.nanoseconds().bigEndian()),
        format("pcap, modified", CaptureFile.modified()),
        format("pcapng", CaptureFile.pcapng()),
        format("pcapng, big endian", CaptureFile.pcapng().bigEndian()),
        format("pcap, packed", CaptureFile.pcap().gzip()),
        format("pcapng, packed", CaptureFile.pcapng().gzip()),
        of("empty", CaptureFile.pcap(), traffic -> {}),
        of("empty pcapng", CaptureFile.pcapng(), traffic -> {}),
        link("cooked", Link.COOKED),
        link("cooked 2", Link.COOKED2),
        link("raw", Link.RAW),
        link("null", Link.NULL),
        link("loop", Link.LOOP),
        of("raw IPv4", CaptureFile.pcap(), traffic -> some(traffic.on(Link.IPV4))),
        of("cut to 128", CaptureFile.pcap(), traffic -> PacketCases.both(traffic.snap(128))),
        of("cut to 96", CaptureFile.pcap(), traffic -> some(traffic.snap(96))),
        of("cut to 54", CaptureFile.pcap(), traffic -> some(traffic.snap(54))),
        of("cut to 40", CaptureFile.pcap(), traffic -> some(traffic.snap(40))),
        of("cooked with a VLAN", CaptureFile.pcap(), FileCases::cookedVlan),
        of("several interfaces", CaptureFile.pcapng(), FileCases::interfaces));
  }

  private static Case of(String name, CaptureFile format, Consumer<Traffic> what) {
    return new Case(
        name,
        format,
        () -> {
          Traffic traffic = new Traffic(VM);
          what.accept(traffic);
          return traffic;
        });
  }

  private static Case format(String name, CaptureFile format) {
    return of(name, format, PacketCases::both);
  }

  private static Case link(String name, Link link) {
    return of(name, CaptureFile.pcap(), traffic -> PacketCases.both(traffic.on(link)));
  }

  private static void some(Traffic traffic) {
    Tcp tcp = traffic.tcp(VM, WEB, 8080).timestamps().open().exchange(1_000, 9_000);
    tcp.client.lose(500).segment(500);
    tcp.server.ack();
    tcp.client.pause(ms(300)).resend();
    tcp.server.ack();
    tcp.close();
  }

  private static void cookedVlan(Traffic traffic) {
    PacketCases.both(traffic.on(Link.COOKED).over(Encapsulation.NONE.vlan(7)));
  }

  private static void interfaces(Traffic traffic) {
    some(traffic.on(new Nic("eth0", Link.ETHERNET).resolution(9).dropped(17)));
    some(traffic.after(ms(3)).on(new Nic("any", Link.COOKED).resolution(3)));
    some(traffic.after(ms(3)).on(new Nic("tun0", Link.RAW).resolution(0x80 | 20).dropped(0)));
  }
}
