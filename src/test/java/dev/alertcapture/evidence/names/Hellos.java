package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;

import dev.alertcapture.evidence.Octets;

/** Client hellos and TLS records for the tests. */
final class Hellos {
  private Hellos() {}

  /** A TLS 1.2 hello for a server, of about 100 bytes. */
  static byte[] hello(String serverName) {
    return hello(0x0303, serverName(serverName));
  }

  /** A hello whose handshake message is so long, as post-quantum keys make it. */
  static byte[] hello(String serverName, int length) {
    byte[] name = serverName(serverName);
    int padding = length - hello(0x0303, name).length - 4;
    return hello(0x0303, octets().u16(51).u16(padding).zeros(padding).bytes(name).get());
  }

  static byte[] hello(int legacyVersion, byte[] extensions) {
    byte[] body =
        octets()
            .u16(legacyVersion)
            .zeros(32) // random
            .u8(4)
            .text("sess")
            .u16(4)
            .u32(0x1301_1302)
            .u8(1)
            .u8(0)
            .u16(extensions.length)
            .bytes(extensions)
            .get();
    return octets().u8(1).u8(0).u16(body.length).bytes(body).get();
  }

  static byte[] serverName(String name) {
    int length = name.length();
    return octets().u16(0).u16(length + 5).u16(length + 3).u8(0).u16(length).text(name).get();
  }

  static byte[] supportedVersions(int... versions) {
    Octets octets = octets().u16(43).u16(2 * versions.length + 1).u8(2 * versions.length);
    for (int version : versions) {
      octets.u16(version);
    }
    return octets.get();
  }

  static byte[] record(int type, byte[] body) {
    return octets().u8(type).u16(0x0301).u16(body.length).bytes(body).get();
  }
}
