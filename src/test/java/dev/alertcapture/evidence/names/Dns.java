package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;

import dev.alertcapture.evidence.Octets;

/** DNS messages for the tests; {@link #name} without compression. */
final class Dns {
  static final int QUERY = 0x0100;
  static final int RESPONSE = 0x8180;

  private final Octets records = octets();
  private final int id;
  private final int flags;
  private final Octets question;
  private int answers;

  private Dns(int id, int flags, Octets question) {
    this.id = id;
    this.flags = flags;
    this.question = question;
  }

  static Dns query(int id, String name, int type) {
    return new Dns(id, QUERY, octets().bytes(name(name)).u16(type).u16(1));
  }

  static Dns response(int id, int flags, String name, int type) {
    return new Dns(id, flags, octets().bytes(name(name)).u16(type).u16(1));
  }

  /** The question's name stands at offset 12, so {@code c00c} points to it. */
  Dns answer(byte[] owner, int type, byte[] data) {
    records.bytes(owner).u16(type).u16(1).u32(300).u16(data.length).bytes(data);
    answers++;
    return this;
  }

  Dns answer(String owner, int type, byte[] data) {
    return answer(name(owner), type, data);
  }

  Dns a(String owner, String hexAddress) {
    return answer(owner, DnsMessage.TYPE_A, octets().hex(hexAddress).get());
  }

  Dns cname(String owner, String target) {
    return answer(owner, DnsMessage.TYPE_CNAME, name(target));
  }

  byte[] get() {
    return octets()
        .u16(id)
        .u16(flags)
        .u16(1)
        .u16(answers)
        .u16(0)
        .u16(0)
        .bytes(question.get())
        .bytes(records.get())
        .get();
  }

  static byte[] name(String dotted) {
    Octets octets = octets();
    for (String label : dotted.split("\\.", -1)) {
      octets.u8(label.length()).text(label);
    }
    return dotted.isEmpty() ? new byte[1] : octets.u8(0).get();
  }
}
