package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsMessageTest {
  private static final byte[] TO_QUESTION = {(byte) 0xC0, 12};

  private final DnsMessage message = new DnsMessage();
  private final NameText text = new NameText();

  private boolean read(byte[] bytes) {
    return message.read(bytes, 0, bytes.length);
  }

  private String name() {
    return message.questionName(text) ? text.toString() : "none";
  }

  @Test
  void readsAQuery() {
    assertThat(read(Dns.query(0xABCD, "Example.com", 28).get())).isTrue();
    assertThat(message.id()).isEqualTo(0xABCD);
    assertThat(message.isResponse()).isFalse();
    assertThat(message.questionType()).isEqualTo(28);
    assertThat(name()).isEqualTo("example.com");
    assertThat(message.isWhole()).isTrue();
  }

  @Test
  void readsAResponseWithAddressesOfBothKinds() {
    byte[] v6 = octets().hex("20010db8000000000000000000000001").get();
    read(
        Dns.response(7, Dns.RESPONSE, "h.example", 1)
            .answer(TO_QUESTION, 1, new byte[] {(byte) 203, 0, 113, 7})
            .answer(TO_QUESTION, 28, v6)
            .get());
    assertThat(message.isResponse()).isTrue();
    assertThat(message.responseCode()).isZero();
    assertThat(message.addressCount()).isEqualTo(2);
    assertThat(message.addressHigh(0)).isZero();
    assertThat(message.addressLow(0)).isEqualTo(0xFFFF_CB00_7107L);
    assertThat(message.addressHigh(1)).isEqualTo(0x2001_0DB8_0000_0000L);
    assertThat(message.addressLow(1)).isEqualTo(1);
  }

  @Test
  void followsAliasesInWhateverOrder() {
    read(
        Dns.response(7, Dns.RESPONSE, "a.example", 1)
            .a("C.example", "0a000001")
            .cname("b.example", "c.example")
            .cname("a.example", "b.example")
            .get());
    assertThat(message.addressCount()).isEqualTo(1);
    assertThat(message.addressLow(0)).isEqualTo(0xFFFF_0A00_0001L);
    assertThat(message.isPrivatelink()).isFalse();
  }

  @Test
  void anAddressOfAnotherNameIsNoAnswer() {
    read(
        Dns.response(7, Dns.RESPONSE, "a.example", 1)
            .cname("a.example", "b.example")
            .a("a.example", "0a000001")
            .a("x.example", "0a000002")
            .a("b.example", "0a000003")
            .get());
    assertThat(message.addressCount()).isEqualTo(1);
    assertThat(message.addressLow(0)).isEqualTo(0xFFFF_0A00_0003L);
  }

  @Test
  void anAliasAloneIsNoAddress() {
    read(Dns.response(7, Dns.RESPONSE, "a.b", 1).cname("a.b", "c.b").get());
    assertThat(message.addressCount()).isZero();
  }

  @Test
  void aliasesInACircleEnd() {
    read(
        Dns.response(7, Dns.RESPONSE, "a.b", 1)
            .cname("a.b", "b.b")
            .cname("b.b", "a.b")
            .a("c.b", "0a000001")
            .get());
    assertThat(message.addressCount()).isZero();
  }

  @Test
  void seesPrivatelinkAmongTheAliasesOnly() {
    read(
        Dns.response(7, Dns.RESPONSE, "st.blob", 1)
            .cname("st.blob", "st.PrivateLink.blob")
            .a("st.privatelink.blob", "0a000001")
            .get());
    assertThat(message.isPrivatelink()).isTrue();
    assertThat(message.addressCount()).isEqualTo(1);
    read(Dns.response(7, Dns.RESPONSE, "st.privatelink.blob", 1).get());
    assertThat(message.isPrivatelink()).isFalse();
  }

  @Test
  void tellsTheResponseCode() {
    read(Dns.response(7, 0x8183, "nope.example", 1).get());
    assertThat(message.responseCode()).isEqualTo(3);
  }

  @Test
  void aTruncatedResponseIsNotWhole() {
    read(Dns.response(7, 0x8380, "a.example", 1).get());
    assertThat(message.isWhole()).isFalse();
  }

  @Test
  void theHeaderIsKnownOfAMessageCutAnywhereBehindIt() {
    byte[] bytes = Dns.response(7, 0x8182, "a.example", 1).a("a.example", "0a000001").get();
    for (int to = 0; to < bytes.length; to++) {
      assertThat(message.read(bytes, 0, to)).as("cut at %d", to).isEqualTo(to >= 12);
      assertThat(message.addressCount()).isZero();
      if (to >= 12) {
        assertThat(message.id()).isEqualTo(7);
        assertThat(message.responseCode()).isEqualTo(2);
        assertThat(message.isWhole()).isFalse();
        assertThat(name()).isEqualTo(to >= 27 ? "a.example" : "none");
        assertThat(message.questionType()).isEqualTo(to >= 27 ? 1 : 0);
      }
    }
    assertThat(read(bytes)).isTrue();
    assertThat(message.isWhole()).isTrue();
  }

  @Test
  void nothingOfTheLastMessageIsLeft() {
    read(Dns.response(7, Dns.RESPONSE, "a.b", 1).a("a.b", "0a000001").get());
    read(new byte[12]);
    assertThat(message.addressCount()).isZero();
    assertThat(message.questionType()).isZero();
    assertThat(name()).isEqualTo("none");
  }

  @Test
  void takesRecordsOfTheWrongClassOrLengthForNoAddress() {
    byte[] bytes = Dns.response(7, Dns.RESPONSE, "a.b", 1).answer("a.b", 1, new byte[5]).get();
    read(bytes);
    assertThat(message.isWhole()).isTrue();
    assertThat(message.addressCount()).isZero();
    byte[] chaos = Dns.response(7, Dns.RESPONSE, "a.b", 1).a("a.b", "0a000001").get();
    chaos[12 + 9 + 5 + 3] = 3; // the answer's class
    read(chaos);
    assertThat(message.addressCount()).isZero();
  }

  @Test
  void moreAnswersThanItKeepsDoNoHarm() {
    Dns dns = Dns.response(7, Dns.RESPONSE, "a.b", 1);
    for (int i = 0; i < 300; i++) {
      dns.answer(TO_QUESTION, 1, new byte[] {10, 0, 0, (byte) i});
    }
    read(dns.get());
    assertThat(message.addressCount()).isEqualTo(128);
    assertThat(message.isWhole()).isTrue();
  }

  @Test
  void bytesAtRandomNeverThrow() {
    Random random = new Random(17);
    byte[] good =
        Dns.response(7, Dns.RESPONSE, "a.example", 1)
            .cname("a.example", "b.example")
            .a("b.example", "0a000001")
            .get();
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = good.clone();
      for (int n = random.nextInt(6); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      if (message.read(bytes, 0, random.nextInt(bytes.length + 1))) {
        name();
        for (int a = 0; a < message.addressCount(); a++) {
          assertThat(message.addressHigh(a) | message.addressLow(a)).isNotNegative();
        }
      }
    }
  }
}
