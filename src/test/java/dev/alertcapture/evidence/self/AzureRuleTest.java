package dev.alertcapture.evidence.self;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.self.OwnSide.How;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.Dhcp;
import dev.alertcapture.traffic.Encapsulation;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Traffic;
import org.junit.jupiter.api.Test;

class AzureRuleTest {
  private static final Host MACHINE = Host.machine("10.0.0.4");
  private static final Host FAR = Host.at("203.0.113.7");
  private static final Host NEIGHBOUR = Host.neighbour("10.0.0.9");
  private static final Host EVERYBODY = Host.at("255.255.255.255").mac("ff:ff:ff:ff:ff:ff");

  private final Traffic traffic = new Traffic(MACHINE);

  @Test
  void ownsWhoTalksToThePlatformOrIsToldSomethingByIt() {
    traffic.udp(NEIGHBOUR, Host.neighbour("10.0.0.8"), 1000).send(10);
    traffic.tcp(MACHINE.address("10.0.0.5"), Azure.METADATA, 80).client.syn();
    traffic.tcp(Azure.WIRE_SERVER, MACHINE, 80).client.syn();

    OwnSide own = OwnSideTest.infer(traffic);

    assertThat(own.how()).isEqualTo(How.AZURE);
    assertThat(own.addresses()).containsExactly("10.0.0.5", "10.0.0.4");
    assertThat(own.say()).isEqualTo("by Azure's addresses");
  }

  @Test
  void ownsNeitherThePlatformNorEverybodyNorTheAddressThatIsNone() {
    traffic.udp(Azure.WIRE_SERVER, 67, EVERYBODY, 68).send(10);
    traffic.udp(MACHINE.address("0.0.0.0"), Azure.WIRE_SERVER, 67).send(10);
    traffic.udp(Azure.METADATA, Azure.WIRE_SERVER, 80).send(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void countsTheInnerAddressesOfATunnel() {
    traffic.over(Encapsulation.NONE.vxlan(NEIGHBOUR, Host.neighbour("10.0.0.8"), 7));
    traffic.tcp(MACHINE, Azure.WIRE_SERVER, 80).client.syn();
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  @Test
  void ownsTheAddressThatAzuresDhcpAcknowledges() {
    traffic.udp(NEIGHBOUR, Host.neighbour("10.0.0.8"), 1000).send(10);
    // To everybody, as a server answers a client that has no address yet.
    Dhcp dhcp = traffic.dhcp(MACHINE.mac("ff:ff:ff:ff:ff:ff"), Host.at("10.0.0.1"));
    dhcp.discover().offer().request();
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();

    dhcp.acknowledge();

    OwnSide own = OwnSideTest.infer(traffic);
    assertThat(own.addresses()).containsExactly("10.0.0.4");
    assertThat(own.how()).isEqualTo(How.AZURE);
    assertThat(own.say()).isEqualTo("by the address that Azure's DHCP gives");
  }

  @Test
  void takesNoNoticeOfOtherDhcpServers() {
    traffic.dhcp(MACHINE, Host.neighbour("10.0.0.1")).request().acknowledge();
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void ownsEverySourceBehindAMacThatTalksToAzuresRouterAlone() {
    traffic.udp(MACHINE, FAR, 1000).send(10).answer(10);
    traffic.udp(MACHINE.address("fd00::4"), Host.at("fd00::9"), 1000).send(10);
    traffic.udp(MACHINE.address("10.0.0.5"), EVERYBODY, 1000).send(10);
    traffic.udp(NEIGHBOUR, EVERYBODY, 1000).send(10);

    OwnSide own = OwnSideTest.infer(traffic);

    assertThat(own.how()).isEqualTo(How.AZURE);
    assertThat(own.addresses()).containsExactly("10.0.0.4", "fd00::4", "10.0.0.5");
    assertThat(own.say()).startsWith("by Azure's router");
  }

  @Test
  void ownsNoSourceBehindAMacWithOtherNeighbours() {
    traffic.udp(MACHINE, FAR, 1000).send(10).answer(10);
    traffic.udp(NEIGHBOUR, MACHINE, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void ownsNobodyWhosePacketsItForwards() {
    traffic.udp(FAR, MACHINE.address("192.0.2.7"), 1000).send(10);
    traffic.udp(MACHINE.address("203.0.113.7"), Host.at("192.0.2.7"), 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();

    traffic.udp(MACHINE, FAR, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  @Test
  void ownsTheOnlyOneThatAsksByArpWhereNothingElseIsSent() {
    traffic.arp(MACHINE, NEIGHBOUR).ask().ask();
    traffic.arp(MACHINE.address("0.0.0.0"), MACHINE).ask();
    traffic.udp(MACHINE, EVERYBODY, 137).send(10);

    OwnSide own = OwnSideTest.infer(traffic);

    assertThat(own.addresses()).containsExactly("10.0.0.4");
    assertThat(own.how()).isEqualTo(How.AZURE);
    assertThat(own.say()).isEqualTo("as the only one that asks by ARP");
  }

  @Test
  void ownsNobodyWhereTwoAskByArp() {
    traffic.arp(MACHINE, NEIGHBOUR).ask();
    traffic.arp(NEIGHBOUR, MACHINE).ask();
    traffic.arp(MACHINE, NEIGHBOUR).ask();
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void ownsNobodyThatOnlyAnswersByArp() {
    traffic.arp(NEIGHBOUR, MACHINE).answer();
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void ownsNoAskerBesideUnicastPackets() {
    traffic.arp(MACHINE, NEIGHBOUR).ask();
    traffic.udp(MACHINE, NEIGHBOUR, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void ownsNoAskerBesideOthersThatSend() {
    traffic.arp(MACHINE, NEIGHBOUR).ask();
    traffic.udp(NEIGHBOUR, EVERYBODY, 137).send(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }
}
