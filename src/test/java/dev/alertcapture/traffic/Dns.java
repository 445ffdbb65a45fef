package dev.alertcapture.traffic;

/** DNS messages (RFC 1035), with compressed names in answers. */
public final class Dns {
  public static final int A = 1;
  public static final int CNAME = 5;
  public static final int AAAA = 28;
  public static final int SRV = 33;
  public static final int SERVFAIL = 2;
  public static final int NXDOMAIN = 3;
  public static final int REFUSED = 5;

  static final int PORT = 53;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int ANSWER = 0x8180;
  private static final int IN = 1;
  private static final int TTL = 60;
  private static final int QUESTION_NAME = 0xC00C;

  private Dns() {}

  public static byte[] query(int id, String name, int type) {
    return question(id, RECURSION_DESIRED, name, type, 0).bytes();
  }

  /** An answer without records. */
  public static byte[] empty(int id, String name, int type, int rcode) {
    return question(id, ANSWER | rcode, name, type, 0).bytes();
  }

  /** Records in a chain: an alias where it is a name, else an address of its kind. */
  public static byte[] answer(int id, String name, int type, String... records) {
    Octets out = question(id, ANSWER, name, type, records.length);
    int owner = QUESTION_NAME;
    for (String record : records) {
      boolean address = record.matches("[0-9.]+|[0-9a-f:]+:[0-9a-f:.]*");
      out.u16(owner);
      if (address) {
        byte[] bytes = Host.parse(record);
        out.u16(bytes.length == 4 ? A : AAAA).u16(IN).u32(TTL).u16(bytes.length).add(bytes);
      } else {
        byte[] alias = name(record);
        out.u16(CNAME).u16(IN).u32(TTL).u16(alias.length);
        owner = 0xC000 | out.size();
        out.add(alias);
      }
    }
    return out.bytes();
  }

  /** A message as TCP carries it. */
  public static byte[] overTcp(byte... message) {
    return new Octets(message.length + 2).u16(message.length).add(message).bytes();
  }

  private static Octets question(int id, int flags, String name, int type, int answers) {
    Octets out = new Octets().u16(id).u16(flags).u16(1).u16(answers).u32(0);
    return out.add(name(name)).u16(type).u16(IN);
  }

  private static byte[] name(String name) {
    Octets out = new Octets();
    for (String label : name.split("\\.", -1)) {
      out.u8(label.length()).ascii(label);
    }
    return out.u8(0).bytes();
  }
}
