package dev.alertcapture.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alertcapture.options.CaptureOptions.Filter;
import dev.alertcapture.options.FilterReader.BadFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterReaderTest {
  private static Filter one(String part, String value) throws BadFilter {
    return FilterReader.read("[{\"%s\": \"%s\"}]".formatted(part, value)).get(0);
  }

  private static String refusal(String json) {
    BadFilter refusal = catchThrowableOfType(BadFilter.class, () -> FilterReader.read(json));
    assertThat(refusal).as(json).isNotNull();
    return refusal.getMessage();
  }

  @Test
  void severalFiltersAreReadWithAllTheirParts() throws BadFilter {
    String json =
        """
        [{"Protocol": "tcp", "localIpAddress": " 10.0.0.4 ", "localPort": 443,
          "remoteIPAddress": "10.0.1.0-10.0.1.255", "remotePort": "1024 - 65535"},
         {"protocol": "UDP", "remotePort": "53;5353;"},
         {}]
        """;

    assertThat(FilterReader.read(json))
        .containsExactly(
            new Filter("TCP", "10.0.0.4", "443", "10.0.1.0-10.0.1.255", "1024-65535"),
            new Filter("UDP", null, null, null, "53;5353"),
            new Filter("Any", null, null, null, null));
  }

  @Test
  void anEmptyListMeansEveryPacket() throws BadFilter {
    assertThat(FilterReader.read("[]")).isEmpty();
  }

  @Test
  void anEmptyOrNullPartMatchesAll() throws BadFilter {
    assertThat(FilterReader.read("[{\"protocol\": \"\", \"localPort\": null}]"))
        .containsExactly(new Filter("Any", null, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "255.255.255.255",
        "10.0.0.1-10.0.0.1",
        "10.0.0.9;10.0.0.1",
        "fd00::4",
        "::1",
        "::ffff:10.0.0.4",
        "fe80::1-fe80::ff",
        "fd00::1;10.0.0.1"
      })
  void addressesOfBothKindsAreTaken(String value) throws BadFilter {
    assertThat(one("localIPAddress", value).localIPAddress()).isEqualTo(value);
    assertThat(one("remoteIPAddress", value).remoteIPAddress()).isEqualTo(value);
  }

  // The second is the example that Azure takes, to capture nothing (azure-docs#99171).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0",
        "1.1.1.1-255.255.255",
        "10.0.0.256",
        "010.0.0.1",
        "10.0.0.0/24",
        "10.0.0.1-",
        "-10.0.0.1",
        ";",
        "10.0.0.1;;10.0.0.2",
        "10.0.0.1-10.0.0.5-10.0.0.9",
        "10.0.0.1-10.0.0.5;10.0.0.9",
        "10.0.0.1;10.0.0.5-10.0.0.9",
        "10.0.0.1,10.0.0.2",
        "1 0.0.0.1",
        "fd00::g",
        "fd00::1%eth0",
        "1:2:3",
        ":::",
        ".abc:1",
        "localhost",
        "web-01.shop.example",
        "2130706433"
      })
  void whatIsNoAddressIsRefused(String value) {
    assertThat(refusal("[{\"remoteIPAddress\": \"%s\"}]".formatted(value)))
        .contains("filter 1, remoteIPAddress: \"" + value + "\" is not one address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.9-10.0.0.4", "fe80::ff-fe80::1", "10.0.0.1-fd00::1"})
  void aRangeGoesFromLowToHighAndIsOfOneKind(String value) {
    assertThat(refusal("[{\"localIPAddress\": \"%s\"}]".formatted(value)))
        .contains("from low to high");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65535", "80-80", "0-65535", "80;443", "00080"})
  void portsAreTaken(String value) throws BadFilter {
    assertThat(one("localPort", value).localPort()).isEqualTo(value);
    assertThat(one("remotePort", value).remotePort()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"65536", "-1", "80-", "80-85;90", "80,443", "http", "8.0", "80-85-90", "0x50"})
  void whatIsNoPortIsRefused(String value) {
    assertThat(refusal("[{\"localPort\": \"%s\"}]".formatted(value)))
        .contains("filter 1, localPort: \"" + value + "\" is not one port from 0 to 65535");
  }

  @Test
  void aRangeOfPortsGoesFromLowToHigh() {
    assertThat(refusal("[{\"localPort\": \"443-80\"}]")).contains("from low to high");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TCP | not a list in JSON",
        "{\"protocol\": \"TCP\"} | not a list in JSON",
        "[{\"protocol\": \"TCP\"} | not a list in JSON",
        "'' | not a list in JSON",
        "[] {\"protocol\": \"TCP\"} | not a list in JSON",
        "[\"TCP\"] | filter 1: not an object",
        "[{}, {\"protocol\": \"ICMP\"}] | filter 2, protocol: \"ICMP\" is not one of TCP, UDP, Any",
        "[{\"port\": \"80\"}] | \"port\" is no part of a filter; there are protocol, localIPAddress",
        "[{\"localPort\": \"80\", \"LocalPort\": \"81\"}] | filter 1: localPort stands in it twice",
        "[{\"localPort\": [80]}] | filter 1, localPort: not a text",
        "[{\"localPort\": 80.5}] | filter 1, localPort: not a text",
        "[{\"localPort\": true}] | filter 1, localPort: not a text"
      })
  void whatIsNoFilterIsRefusedWithWhatWouldBeOne(String json, String said) {
    assertThat(refusal(json)).contains(said);
  }

  @Test
  void aRefusalIsOneLineOfBoundedLength() {
    assertThat(refusal("[{\"localPort\": \"" + "9".repeat(5000) + "\"}]")).hasSizeLessThan(300);
    assertThat(refusal("[{\"localPort\": \"8\\r\\n0\"}]")).doesNotContain("\n", "\r");
    assertThat(refusal("[" + " ".repeat(9000) + "]")).contains("8192 characters");
  }
}
