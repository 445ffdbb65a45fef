package dev.alertcapture.evidence.self;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.self.OwnSide.How;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Link;
import dev.alertcapture.traffic.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CookedRuleTest {
  private static final Host MACHINE = Host.machine("10.0.0.4");
  private static final Host PEER = Host.neighbour("10.0.0.9");
  private static final Host OTHER = Host.neighbour("10.0.0.8");
  private static final String LOOPBACK = "00:00:00:00:00:00";

  private final Traffic traffic = new Traffic(MACHINE).on(Link.COOKED);

  @ParameterizedTest
  @EnumSource(names = {"COOKED", "COOKED2"})
  void ownsTheSourceOfOutgoingAndTheDestinationOfIncomingFrames(Link link) {
    traffic.on(link).udp(MACHINE, PEER, 1000).send(10);
    traffic.udp(PEER, MACHINE.address("10.0.0.5"), 1000).send(10);

    OwnSide own = OwnSideTest.infer(traffic);

    assertThat(own.how()).isEqualTo(How.COOKED);
    assertThat(own.addresses()).containsExactly("10.0.0.4", "10.0.0.5");
    assertThat(own.say()).isEqualTo("by the direction of its frames");
  }

  @Test
  void ownsNothingOfWhatOthersSendEachOther() {
    traffic.udp(PEER, OTHER, 1000).send(10).answer(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void ownsNoGroupAndNotTheAddressThatIsNone() {
    Host group = Host.at("224.0.0.251").mac("01:00:5e:00:00:fb");
    traffic.udp(PEER, group, 5353).send(10);
    traffic.udp(PEER, MACHINE.address("239.1.1.1"), 5353).send(10);
    traffic.udp(MACHINE.address("0.0.0.0"), group, 68).send(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void ownsNobodyWhosePacketsItForwards() {
    traffic.udp(PEER, MACHINE.address("192.0.2.7"), 1000).send(10);
    traffic.udp(MACHINE.address("10.0.0.9"), OTHER.address("192.0.2.7"), 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();

    traffic.udp(MACHINE, PEER, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  @Test
  void ownsNobodyWhosePacketsPassAnotherPortOfItsBridge() {
    traffic.udp(PEER, OTHER, 1000).send(10);
    traffic.udp(MACHINE.address("10.0.0.9"), OTHER, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void ownsBothEndsOnTheLoopbackInterface() {
    Host home = Host.at("127.0.0.1").mac(LOOPBACK);
    traffic.udp(home, home.address("127.0.0.53"), 53).send(10);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("127.0.0.1", "127.0.0.53");
  }

  @Test
  void ownsAnAddressThatTalksToItself() {
    traffic.udp(MACHINE, PEER, 1000).send(10);
    Host itself = MACHINE.mac(LOOPBACK);
    traffic.udp(itself, itself, 1000).send(10).answer(10);
    traffic.udp(MACHINE.mac("00:15:5d:00:00:09"), MACHINE, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  @Test
  void ownsWhoAsksByArpAndNotWhoAnswers() {
    traffic.udp(PEER, OTHER, 1000).send(10);
    traffic.arp(PEER, MACHINE.address("10.0.0.7")).ask().answer();
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
    traffic.arp(MACHINE, PEER).ask().answer();
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  @Test
  void saysNothingOfEthernet() {
    traffic.on(Link.ETHERNET).udp(MACHINE, PEER, 1000).send(10).answer(10);
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }
}
