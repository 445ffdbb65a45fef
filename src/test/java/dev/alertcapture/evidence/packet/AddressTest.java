package dev.alertcapture.evidence.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "20010db800000000, 0000000000000001, 2001:db8::1",
    "20010db800000000, 0001000000000001, 2001:db8::1:0:0:1",
    "20010db800010001, 0001000100010001, 2001:db8:1:1:1:1:1:1",
    "20010db800000001, 0001000100010001, 2001:db8:0:1:1:1:1:1",
    "20010db800010000, 0000000000000000, 2001:db8:1::",
    "0000000000000000, 0000000000000000, ::",
    "0000000000000000, 0000000000000001, ::1",
    "2001000000000001, 0000000000000001, 2001:0:0:1::1",
    "0000000000000000, 0000ffff0a000105, 10.0.1.5",
    "0000000000000000, 0000ffffffffffff, 255.255.255.255",
  })
  void writesAddressesAsRfc5952Does(String high, String low, String text) {
    long first = Long.parseUnsignedLong(high, 16);
    long second = Long.parseUnsignedLong(low, 16);
    assertThat(Address.text(first, second)).isEqualTo(text);
  }

  @Test
  void knowsMulticastOfBothVersions() {
    assertThat(Address.isMulticast(0, Address.ofIpv4(0xE00000FB))).isTrue();
    assertThat(Address.isMulticast(0, Address.ofIpv4(-1))).isTrue();
    assertThat(Address.isMulticast(0, Address.ofIpv4(0x0A0000FF))).isFalse();
    assertThat(Address.isMulticast(0xFF02L << 48, 0xFB)).isTrue();
    assertThat(Address.isMulticast(0xFE80L << 48, 1)).isFalse();
  }
}
