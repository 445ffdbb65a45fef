package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
  private final ClientHello hello = new ClientHello();
  private final NameText text = new NameText();

  private String name(byte[] message) {
    if (!hello.read(message, 0, message.length)) {
      return "no hello";
    }
    hello.serverName(text);
    return hello.hasName() ? text.toString() : "no name";
  }

  @Test
  void readsTheServersName() {
    assertThat(name(Hellos.hello("Db.Example.com"))).isEqualTo("db.example.com");
    assertThat(hello.version()).isEqualTo(0x0303);
  }

  @Test
  void findsTheNameBehindOtherExtensions() {
    assertThat(name(Hellos.hello("db.example.com", 1_756))).isEqualTo("db.example.com");
  }

  @Test
  void helloWithoutANameOrWithoutExtensionsHasNone() {
    assertThat(name(Hellos.hello(0x0301, new byte[0]))).isEqualTo("no name");
    byte[] old = octets().u8(1).u8(0).u16(41).u16(0x0300).zeros(33).u16(2).u16(5).u8(1).u8(0).get();
    assertThat(name(old)).isEqualTo("no name");
    assertThat(hello.version()).isEqualTo(0x0300);
  }

  @Test
  void theHighestSupportedVersionCountsAndGreaseDoesNot() {
    name(Hellos.hello(0x0303, Hellos.supportedVersions(0x9A9A, 0x0304, 0x0303)));
    assertThat(hello.version()).isEqualTo(0x0304);
    name(Hellos.hello(0x0303, Hellos.supportedVersions(0x0301, 0x0302)));
    assertThat(hello.version()).isEqualTo(0x0302);
    name(Hellos.hello(0x0303, Hellos.supportedVersions(0x9A9A)));
    assertThat(hello.version()).isEqualTo(0x0303);
  }

  @Test
  void takesOnlyAHostsName() {
    byte[] extension = Hellos.serverName("x.example");
    extension[6] = 1; // the name's type
    assertThat(name(Hellos.hello(0x0303, extension))).isEqualTo("no name");
  }

  @Test
  void aBrokenExtensionEndsTheSearchOnly() {
    byte[] extensions = octets().bytes(Hellos.serverName("a.example")).u16(43).u16(900).u8(1).get();
    assertThat(name(Hellos.hello(0x0303, extensions))).isEqualTo("a.example");
    byte[] name = Hellos.serverName("b.example");
    name[8] = 50; // longer than its extension
    assertThat(name(Hellos.hello(0x0303, name))).isEqualTo("no name");
  }

  @Test
  void isNoHelloWhereAnythingIsMissing() {
    byte[] message = Hellos.hello("a.example");
    for (int to = 0; to < message.length; to++) {
      assertThat(hello.read(message, 0, to)).as("cut at %d", to).isFalse();
    }
  }

  @Test
  void otherHandshakeMessagesAreNone() {
    byte[] message = Hellos.hello("a.example");
    message[0] = 2;
    assertThat(name(message)).isEqualTo("no hello");
    byte[] encrypted = new byte[100];
    encrypted[0] = 1;
    encrypted[3] = 90;
    encrypted[4] = 77;
    assertThat(name(encrypted)).isEqualTo("no hello");
  }

  @Test
  void bytesAtRandomNeverThrow() {
    Random random = new Random(17);
    byte[] good =
        Hellos.hello(
            0x0303,
            octets()
                .bytes(Hellos.supportedVersions(0x0304))
                .bytes(Hellos.serverName("a.example"))
                .get());
    for (int i = 0; i < 50_000; i++) {
      byte[] message = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      if (hello.read(message, 0, random.nextInt(message.length + 1))) {
        hello.serverName(text);
      }
    }
  }
}
