package dev.alertcapture.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A small capture that Wireshark opens: a DNS query with its answer, and the TCP handshake that
 * follows. Classic libpcap format, little endian, microseconds, Ethernet; addresses are of the
 * documentation ranges and all checksums are right.
 */
final class PcapFile {
  private static final int WHOLE_PACKET = 262_144;
  private static final int ETHERNET = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;

  private static final int VM = 0x0A000004; // 10.0.0.4
  private static final int RESOLVER = 0xA83F8110; // 168.63.129.16, Azure's own
  private static final int SERVER = 0xC000020A; // 192.0.2.10
  private static final int SYN = 0x02;
  private static final int SYN_ACK = 0x12;
  private static final int ACK = 0x10;

  private PcapFile() {}

  /**
   * @param start of the first packet; the rest follow within milliseconds
   * @param bytesPerPacket what is kept of each packet; 0 for all
   */
  static byte[] bytes(Instant start, long bytesPerPacket) {
    int kept = bytesPerPacket == 0 ? WHOLE_PACKET : (int) Math.min(bytesPerPacket, WHOLE_PACKET);
    byte[][] packets = {
      packet(VM, RESOLVER, UDP, udp(50_123, 53, dns(false))),
      packet(RESOLVER, VM, UDP, udp(53, 50_123, dns(true))),
      packet(VM, SERVER, TCP, tcp(50_124, 443, 1_000, 0, SYN)),
      packet(SERVER, VM, TCP, tcp(443, 50_124, 9_000, 1_001, SYN_ACK)),
      packet(VM, SERVER, TCP, tcp(50_124, 443, 1_001, 9_001, ACK))
    };
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        littleEndian(24)
            .putInt(0xA1B2C3D4)
            .putShort((short) 2)
            .putShort((short) 4)
            .putLong(0)
            .putInt(kept)
            .putInt(ETHERNET)
            .array());
    for (int i = 0; i < packets.length; i++) {
      Instant at = start.plusMillis(i * 3L);
      int length = Math.min(kept, packets[i].length);
      file.writeBytes(
          littleEndian(16)
              .putInt((int) at.getEpochSecond())
              .putInt(at.getNano() / 1_000)
              .putInt(length)
              .putInt(packets[i].length)
              .array());
      file.write(packets[i], 0, length);
    }
    return file.toByteArray();
  }

  /**
   * Ethernet and IPv4 around a segment, whose checksum is set here, for it covers the addresses.
   */
  private static byte[] packet(int from, int to, int protocol, byte[] segment) {
    ByteBuffer pseudo = ByteBuffer.allocate(12 + segment.length);
    pseudo.putInt(from).putInt(to).putShort((short) protocol).putShort((short) segment.length);
    short sum = checksum(pseudo.put(segment).array());
    ByteBuffer.wrap(segment).putShort(protocol == TCP ? 16 : 6, sum);

    ByteBuffer ip = ByteBuffer.allocate(20);
    ip.putShort((short) 0x4500).putShort((short) (20 + segment.length));
    ip.putShort((short) 1).putShort((short) 0x4000); // id 1, don't fragment
    ip.put((byte) 64).put((byte) protocol).putShort((short) 0).putInt(from).putInt(to);
    ip.putShort(10, checksum(ip.array()));

    ByteBuffer frame = ByteBuffer.allocate(34 + segment.length);
    frame.put(mac(to)).put(mac(from)).putShort((short) 0x0800);
    return frame.put(ip.array()).put(segment).array();
  }

  private static byte[] udp(int fromPort, int toPort, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .putShort((short) fromPort)
        .putShort((short) toPort)
        .putShort((short) (8 + payload.length))
        .putShort((short) 0)
        .put(payload)
        .array();
  }

  private static byte[] tcp(int fromPort, int toPort, int sequence, int acknowledged, int flags) {
    return ByteBuffer.allocate(20)
        .putShort((short) fromPort)
        .putShort((short) toPort)
        .putInt(sequence)
        .putInt(acknowledged)
        .put((byte) 0x50) // five words of header
        .put((byte) flags)
        .putShort((short) 64_240)
        .putInt(0)
        .array();
  }

  /** Asks for the address of www.example.com, or answers that. */
  private static byte[] dns(boolean answer) {
    ByteBuffer message = ByteBuffer.allocate(answer ? 49 : 33);
    message.putShort((short) 0x1234).putShort((short) (answer ? 0x8180 : 0x0100));
    message.putShort((short) 1).putShort((short) (answer ? 1 : 0)).putInt(0);
    for (String label : new String[] {"www", "example", "com", ""}) {
      message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
    }
    message.putShort((short) 1).putShort((short) 1);
    if (answer) {
      message.putShort((short) 0xC00C).putShort((short) 1).putShort((short) 1);
      message.putInt(300).putShort((short) 4).putInt(SERVER);
    }
    return message.array();
  }

  /** A locally administered address that ends in the IPv4 address. */
  private static byte[] mac(int address) {
    return ByteBuffer.allocate(6).putShort((short) 0x0200).putInt(address).array();
  }

  /** The Internet checksum (RFC 1071). */
  static short checksum(byte[] data) {
    int sum = 0;
    for (int i = 0; i < data.length; i += 2) {
      int low = i + 1 < data.length ? data[i + 1] & 0xFF : 0;
      sum += (data[i] & 0xFF) << 8 | low;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (short) ~sum;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
