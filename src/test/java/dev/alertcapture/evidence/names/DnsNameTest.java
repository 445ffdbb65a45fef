package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Octets;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DnsNameTest {
  private final NameText text = new NameText();

  private String written(byte[] bytes, int at) {
    return DnsName.write(bytes, 0, at, bytes.length, text) ? text.toString() : "broken";
  }

  @Test
  void writesLabelsWithDots() {
    byte[] bytes = Dns.name("www.Example.com");
    assertThat(written(bytes, 0)).isEqualTo("www.example.com");
    assertThat(DnsName.end(bytes, 0, bytes.length)).isEqualTo(17);
    assertThat(written(Dns.name(""), 0)).isEqualTo(".");
  }

  @Test
  void followsPointersBack() {
    byte[] bytes = octets().bytes(Dns.name("b.c")).u8(1).text("a").u16(0xC000).u16(0xC005).get();
    assertThat(written(bytes, 5)).isEqualTo("a.b.c");
    assertThat(written(bytes, 9)).isEqualTo("a.b.c");
    assertThat(DnsName.end(bytes, 5, bytes.length)).isEqualTo(9);
  }

  @Test
  void countsPointersFromTheMessagesStart() {
    byte[] bytes = octets().text("xyz").bytes(Dns.name("b.c")).u16(0xC000).get();
    assertThat(DnsName.write(bytes, 3, 8, bytes.length, text)).isTrue();
    assertThat(text).hasToString("b.c");
  }

  @Test
  void aPointerToItselfOrOnIsBroken() {
    assertThat(written(octets().u16(0xC000).get(), 0)).isEqualTo("broken");
    assertThat(written(octets().u16(0xC002).u8(0).get(), 0)).isEqualTo("broken");
  }

  @Test
  void aNameThatLeadsBackToItselfIsBroken() {
    byte[] bytes = octets().u8(1).text("a").u16(0xC000).get();
    assertThat(written(bytes, 0)).isEqualTo("broken");
    assertThat(DnsName.hasLabel(bytes, 0, 0, 4, "b".getBytes(StandardCharsets.US_ASCII))).isFalse();
    byte[] twice = octets().bytes(bytes).u8(1).text("a").u16(0xC004).get();
    assertThat(DnsName.same(twice, 0, 0, 4, 8)).isFalse();
  }

  @Test
  void aLongRowOfPointersIsBroken() {
    Octets message = octets().bytes(Dns.name("a")).u16(0xC000);
    for (int at = 3; at < 200; at += 2) {
      message.u16(0xC000 | at);
    }
    assertThat(written(message.get(), 5)).isEqualTo("a");
    assertThat(written(message.get(), 201)).isEqualTo("broken");
  }

  @Test
  void aNameCutAnywhereIsBroken() {
    byte[] bytes = octets().bytes(Dns.name("b.c")).u8(1).text("a").u16(0xC000).get();
    for (int to = 5; to < bytes.length; to++) {
      assertThat(DnsName.write(bytes, 0, 5, to, text)).as("cut at %d", to).isFalse();
      assertThat(DnsName.end(bytes, 5, to)).isEqualTo(DnsName.BROKEN);
    }
  }

  @Test
  void aLabelLongerThanTheBytesIsBroken() {
    assertThat(written(octets().u8(63).text("a").get(), 0)).isEqualTo("broken");
    assertThat(DnsName.end(octets().u8(63).text("a").get(), 0, 2)).isEqualTo(DnsName.BROKEN);
  }

  @Test
  void labelsOfUnknownKindsAreBroken() {
    byte[] bytes = octets().u8(0x41).zeros(100).get();
    assertThat(written(bytes, 0)).isEqualTo("broken");
    assertThat(DnsName.end(bytes, 0, bytes.length)).isEqualTo(DnsName.BROKEN);
  }

  @Test
  void aNameOfMoreThan255BytesIsBroken() {
    byte[] bytes = Dns.name("a".repeat(63) + ("." + "b".repeat(63)).repeat(4));
    assertThat(written(bytes, 0)).isEqualTo("broken");
    assertThat(DnsName.end(bytes, 0, bytes.length)).isEqualTo(DnsName.BROKEN);
  }

  @Test
  void escapesHostileLabels() {
    assertThat(written(Dns.name("a\nb.\u202e\u00fc".replace('\u202e', '\u0085')), 0))
        .isEqualTo("a\\x0Ab.\\x85\\xFC");
  }

  @Test
  void comparesWithoutCase() {
    byte[] bytes =
        octets().bytes(Dns.name("a.Com")).bytes(Dns.name("A.cOM")).bytes(Dns.name("a.con")).get();
    assertThat(DnsName.same(bytes, 0, 0, 7, bytes.length)).isTrue();
    assertThat(DnsName.same(bytes, 0, 0, 14, bytes.length)).isFalse();
    assertThat(DnsName.same(bytes, 0, 0, 2, bytes.length)).isFalse();
  }

  @Test
  void comparesThroughPointers() {
    byte[] bytes = octets().bytes(Dns.name("b.Zz")).u8(1).text("b").u16(0xC002).u16(0xC000).get();
    assertThat(DnsName.same(bytes, 0, 0, 6, bytes.length)).isTrue();
    assertThat(DnsName.same(bytes, 0, 10, 6, bytes.length)).isTrue();
    assertThat(DnsName.same(bytes, 0, 6, 10, bytes.length)).isTrue();
    byte[] upper = octets().bytes(Dns.name("az")).bytes(Dns.name("AZ")).get();
    assertThat(DnsName.same(upper, 0, 0, 4, upper.length)).isTrue();
  }

  @Test
  void findsALabel() {
    byte[] bytes = Dns.name("x.PrivateLink.net");
    byte[] label = "privatelink".getBytes(StandardCharsets.US_ASCII);
    assertThat(DnsName.hasLabel(bytes, 0, 0, bytes.length, label)).isTrue();
    byte[] other = Dns.name("x.privatelinks.net");
    assertThat(DnsName.hasLabel(other, 0, 0, other.length, label)).isFalse();
  }
}
