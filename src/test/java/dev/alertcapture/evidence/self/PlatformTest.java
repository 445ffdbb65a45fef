package dev.alertcapture.evidence.self;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "168.63.129.16, platform",
    "168.63.129.15, public",
    "168.63.129.17, public",
    "169.254.169.254, platform",
    "169.254.169.253, private",
    "::a83f:8110, public",
    "10.0.0.0, private",
    "9.255.255.255, public",
    "11.0.0.0, public",
    "172.16.0.0, private",
    "172.31.255.255, private",
    "172.15.255.255, public",
    "172.32.0.0, public",
    "192.168.0.0, private",
    "192.169.0.0, public",
    "100.64.0.0, private",
    "100.127.255.255, private",
    "100.63.255.255, public",
    "100.128.0.0, public",
    "127.0.0.1, private",
    "203.0.113.7, public",
    "223.255.255.255, public",
    "0.0.0.0, nobody",
    "224.0.0.1, nobody",
    "240.0.0.1, nobody",
    "255.255.255.255, nobody",
    "::1, private",
    "fc00::, private",
    "fdff::1, private",
    "fe80::1, private",
    "febf::1, private",
    "fec0::1, public",
    "2603:1030::1, public",
    "ff02::1, nobody",
    "'::', nobody"
  })
  void tellsKindsOfAddressesApart(String text, String kind) {
    long[] address = Addresses.of(text);
    long high = address[0];
    long low = address[1];
    assertThat(Platform.is(high, low)).isEqualTo(kind.equals("platform"));
    assertThat(Platform.isPrivate(high, low)).isEqualTo(kind.equals("private"));
    assertThat(Platform.isPublic(high, low)).isEqualTo(kind.equals("public"));
    assertThat(Platform.isHost(high, low)).isNotEqualTo(kind.equals("nobody"));
  }
}
