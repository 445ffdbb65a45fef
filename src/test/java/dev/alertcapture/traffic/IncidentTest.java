package dev.alertcapture.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentTest {
  private static final int MAC = 12;
  private static final String BROADCAST = "ffffffffffff";

  @ParameterizedTest
  @EnumSource
  void eachHasAFewThousandPacketsOfTenSeconds(Incident incident) {
    List<Frame> frames = incident.frames();

    assertThat(frames).hasSizeBetween(3_000, 9_000);
    assertThat(frames.get(0).time() - Traffic.START).isBetween(0L, Time.s(0.1));
    long last = frames.get(frames.size() - 1).time() - Traffic.START;
    assertThat(last).isBetween(Time.s(9.9), Incident.LENGTH - 1);
  }

  @ParameterizedTest
  @EnumSource
  void azuresRouterIsTheOtherEndOfAllThatIsNotBroadcast(Incident incident) {
    String machine = HexFormat.of().formatHex(Incident.MACHINE.mac());
    String router = HexFormat.of().formatHex(Azure.routerMac());

    assertThat(incident.frames())
        .extracting(frame -> HexFormat.of().formatHex(frame.bytes, 0, MAC))
        .containsOnly(machine + router, router + machine, BROADCAST + machine)
        .contains(machine + router, router + machine);
  }

  @ParameterizedTest
  @EnumSource
  void itIsTheSameEachTime(Incident incident) {
    assertThat(CaptureFile.pcap().bytes(incident.frames()))
        .isEqualTo(CaptureFile.pcap().bytes(incident.frames()));
  }

  @ParameterizedTest
  @EnumSource
  void theAlertFiredForAValueAboveItsThreshold(Incident incident) {
    assertThat(incident.value()).isGreaterThan(incident.threshold());
  }

  @Test
  void itIsFoundByItsNameAndOthersAreNamedWhereThereIsNone() {
    assertThat(Incident.named("checkout")).isEqualTo(Incident.CHECKOUT);
    assertThatThrownBy(() -> Incident.named("flood"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no incident flood; there are backup, checkout, cpu, over.");
  }
}
