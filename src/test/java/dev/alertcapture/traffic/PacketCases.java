package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static dev.alertcapture.traffic.Time.us;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What packets carry, and what carries them. */
final class PacketCases {
  private static final int LOCAL_EXPERIMENTAL = 0x88B5;
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host WEB = Host.at("20.1.2.3");
  private static final Host VM6 = Host.machine("fd00::4");
  private static final Host WEB6 = Host.at("2001:db8::1");
  private static final Host LEFT = Host.machine("10.9.0.1");
  private static final Host RIGHT = Host.at("10.9.0.2");
  private static final Host ROUTER = Host.at("10.0.0.1").ttl(255);
  private static final Host ROUTER6 = Host.at("fd00::1").ttl(255);

  private PacketCases() {}

  static List<Case> all() {
    return List.of(
        around("plain", e -> e),
        around("VLAN", e -> e.vlan(7)),
        around("QinQ", e -> e.vlan(7).serviceVlan(9)),
        around("VLAN one way", e -> e.vlan(7).ofClient()),
        around("MPLS", e -> e.mpls(16)),
        around("PPPoE", e -> e.pppoe(3)),
        around("PPPoE in a VLAN", e -> e.pppoe(3).vlan(7)),
        around("IP in IP", e -> e.ipip(LEFT, RIGHT)),
        around("GRE", e -> e.gre(LEFT, RIGHT)),
        around("GRE with frames", e -> e.greBridge(LEFT, RIGHT, 5)),
        around("VXLAN", e -> e.vxlan(LEFT, RIGHT, 5)),
        around("VXLAN in a VLAN", e -> e.vxlan(LEFT, RIGHT, 5).vlan(7)),
        around("Geneve", e -> e.geneve(LEFT, RIGHT, 5)),
        around("VLAN in VXLAN", e -> e.vlan(12).vxlan(LEFT, RIGHT, 5)),
        around("fragments", e -> e.fragmented(576)),
        of("Teredo", PacketCases::teredo),
        of("two tunnels with the same addresses", PacketCases::twoTunnels),
        of("DNS", PacketCases::dns),
        of("DNS over TCP", PacketCases::dnsOverTcp),
        of("TLS", PacketCases::tls),
        of("QUIC", PacketCases::quic),
        of("HTTP", PacketCases::http),
        of("ICMP", PacketCases::icmp),
        of("ICMPv6", PacketCases::icmpv6),
        of("ARP and DHCP", PacketCases::arpAndDhcp),
        of("everything of Azure", PacketCases::azure));
  }

  private static Case of(String name, Consumer<Traffic> what) {
    return Case.of(
        name,
        () -> {
          Traffic traffic = new Traffic(VM);
          what.accept(traffic);
          return traffic;
        });
  }

  private static Case around(String name, Function<Encapsulation, Encapsulation> with) {
    return of(name, traffic -> both(traffic.over(with.apply(Encapsulation.NONE))));
  }

  static void both(Traffic traffic) {
    lossy(traffic.tcp(VM, WEB, 8080).open()).close();
    lossy(traffic.after(ms(30)).tcp(VM6, WEB6, 8080).open()).close();
    traffic.udp(VM, WEB, 9_999).send(900).answer(100);
    traffic.udp(VM6, WEB6, 9_999).send(900).answer(100);
  }

  private static Tcp lossy(Tcp tcp) {
    tcp.exchange(1_000, 3_000).client.lose(400).segment(500);
    tcp.server.ack();
    tcp.client.pause(ms(200)).resend();
    tcp.server.ack();
    return tcp;
  }

  private static void teredo(Traffic traffic) {
    traffic.over(Encapsulation.NONE.teredo(LEFT, RIGHT));
    lossy(traffic.tcp(VM6, WEB6, 8080).open()).close();
  }

  /** tshark takes them for one connection. */
  private static void twoTunnels(Traffic traffic) {
    for (int network = 1; network <= 2; network++) {
      traffic.over(Encapsulation.NONE.vxlan(LEFT, RIGHT, network));
      lossy(traffic.after(ms(7)).tcp(VM, 50_000, WEB, 8080).isn(network, 9).open()).close();
    }
  }

  private static void dns(Traffic traffic) {
    traffic.lookup(VM, Azure.WIRE_SERVER, "db.contoso.net").answer("10.1.2.3", "10.1.2.4");
    traffic
        .lookup(VM, Azure.WIRE_SERVER, "stx.blob.core.windows.net")
        .rtt(ms(30))
        .answer("stx.privatelink.blob.core.windows.net", "20.60.1.2");
    traffic.lookup(VM, Azure.WIRE_SERVER, "db.contoso.net", Dns.AAAA).answer("2001:db8::7");
    traffic.lookup(VM, Azure.WIRE_SERVER, "db.contoso.net", Dns.AAAA).answer();
    traffic.lookup(VM, Azure.WIRE_SERVER, "nowhere.contoso.net").rcode(Dns.NXDOMAIN);
    traffic.lookup(VM, Azure.WIRE_SERVER, "broken.contoso.net").rcode(Dns.SERVFAIL);
    traffic.lookup(VM, WEB, "refused.contoso.net").rcode(Dns.REFUSED);
    traffic.lookup(VM, Azure.WIRE_SERVER, "silent.contoso.net").pause(s(2)).ask().pause(s(6)).ask();
    traffic.lookup(VM, WEB, "late.contoso.net").pause(s(2)).ask().answer("10.1.2.3").answer();
    traffic.lookup(VM6, WEB6, "six.contoso.net").answer("10.1.2.3");
  }

  private static void dnsOverTcp(Traffic traffic) {
    byte[] question = Dns.overTcp(Dns.query(7, "large.contoso.net", Dns.A));
    byte[] answer = Dns.overTcp(Dns.answer(7, "large.contoso.net", Dns.A, "10.1.2.3"));
    traffic.tcp(VM, WEB, 53).open().send(question).reply(answer).close();
    Tcp cut = traffic.after(ms(50)).tcp(VM, WEB, 53).open();
    cut.client
        .segment(question[0], question[1])
        .segment(new Octets().add(question, 2, question.length).bytes());
    cut.server.ack();
    cut.reply(answer).close();
  }

  private static void tls(Traffic traffic) {
    traffic.tcp(VM, WEB, 443).open().tls("www.contoso.net").send(Tls.data(200)).close();
    Tcp large = traffic.tcp(VM, WEB, 443).open().send(Tls.largeClientHello("pq.contoso.net"));
    large.reply(Tls.serverHandshake()).send(Tls.clientFinished()).reply(Tls.data(40_000)).close();
    Tcp failed = traffic.tcp(VM, WEB, 443).open().send(Tls.clientHello("old.contoso.net"));
    failed.reply(Tls.alert(Tls.HANDSHAKE_FAILURE)).closeByServer();
    Tcp lost = traffic.tcp(VM, WEB, 443).open();
    lost.client.lose(Tls.clientHello("never.contoso.net")).pause(ms(300)).loseAgain();
  }

  private static void quic(Traffic traffic) {
    Quic small = new Quic(0x0102030405060708L);
    traffic.udp(VM, WEB, 443).send(small.initial("quic.contoso.net")).answer(Quic.data(900));
    Quic large = new Quic(0x1112131415161718L);
    traffic
        .udp(VM, WEB, 443)
        .send(large.largeInitial("pq-quic.contoso.net", 0))
        .send(large.largeInitial("pq-quic.contoso.net", 1))
        .answer(Quic.data(900));
  }

  private static void http(Traffic traffic) {
    Tcp tcp = traffic.tcp(WEB, VM, 80).open().send(Http.get("/")).reply(Http.status(200, 9_000));
    tcp.send(Http.get("/health")).pause(s(2)).reply(Http.status(503, 90)).close();
  }

  private static void icmp(Traffic traffic) {
    traffic.ping(VM, WEB).ask().answer().ask().answer().ask();
    for (int code : new int[] {0, 1, 3, 9, 10, 13}) {
      Tcp tcp = traffic.after(ms(10)).tcp(VM, WEB, 1433);
      tcp.client.syn();
      tcp.icmp(ROUTER, 3, code, 0);
    }
    Tcp large = traffic.tcp(VM, WEB, 25).open();
    large.client.lose(1_460);
    large.icmp(ROUTER, 3, 4, 1_400).client.mss(1_360).resend();
    traffic.udp(VM, WEB, 161).send(50).icmp(WEB, 3, 3, 0);
    traffic.udp(VM, WEB, 33_434).send(50).icmp(ROUTER, 11, 0, 0);
  }

  private static void icmpv6(Traffic traffic) {
    traffic.ping(VM6, WEB6).ask().answer().ask();
    traffic.udp(VM6, WEB6, 161).send(50).icmp(WEB6, 1, 4, 0);
    Tcp tcp = traffic.tcp(VM6, WEB6, 25).open();
    tcp.client.lose(1_440);
    tcp.icmp(ROUTER6, 2, 0, 1_280);
    traffic.udp(VM6, WEB6, 33_434).send(50).icmp(ROUTER6, 3, 0, 0);
  }

  private static void arpAndDhcp(Traffic traffic) {
    Host gateway = Host.neighbour("10.0.0.1");
    traffic.arp(VM, gateway).ask().answer().pause(s(1)).ask();
    traffic.dhcp(VM, Azure.WIRE_SERVER).discover().offer().request().acknowledge();
    traffic.frame(LOCAL_EXPERIMENTAL, VM, gateway, (byte) 1, (byte) 2);
  }

  private static void azure(Traffic traffic) {
    traffic.dhcp(VM, Azure.WIRE_SERVER).request().acknowledge();
    traffic.tcp(VM, Azure.WIRE_SERVER, 80).open().send(Http.get("/machine")).reply(500).close();
    traffic.tcp(VM, Azure.METADATA, 80).open().send(Http.get("/metadata")).reply(900).close();
    Tcp probe = traffic.tcp(Azure.WIRE_SERVER, VM, 8080).rtt(us(800)).open();
    probe.send(Http.get("/health")).reply(Http.status(200, 2)).closeByServer();
    traffic.lookup(VM, Azure.WIRE_SERVER, "stx.blob.core.windows.net").answer("20.60.1.2");
    traffic.tcp(VM, Host.at("20.60.1.2"), 443).open().tls("stx.blob.core.windows.net").close();
  }
}
