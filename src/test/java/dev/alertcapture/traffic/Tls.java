package dev.alertcapture.traffic;

/** TLS records and the messages in them (RFC 8446), as far as one sees them without keys. */
public final class Tls {
  public static final int HANDSHAKE_FAILURE = 40;
  public static final int UNKNOWN_CA = 48;

  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;
  private static final int TLS_1_2 = 0x0303;
  private static final int MAX_RECORD = 16_384;
  private static final int AES_128_GCM = 0x1301;
  private static final int SERVER_NAME = 0;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;
  private static final int X25519 = 29;
  private static final int KYBER = 0x6399;
  private static final int KYBER_SHARE = 1_216;
  private static final int PADDING = 21;
  private static final int PADDED_TO = 1_750;

  private Tls() {}

  public static byte[] clientHello(String serverName) {
    return record(HANDSHAKE, hello(serverName, false));
  }

  /** One with a post-quantum key share: longer than a segment. */
  public static byte[] largeClientHello(String serverName) {
    return record(HANDSHAKE, hello(serverName, true));
  }

  /** The handshake message alone, as QUIC carries it. */
  static byte[] hello(String serverName, boolean large) {
    Octets shares = new Octets();
    if (large) {
      shares.u16(KYBER).u16(KYBER_SHARE).fill(0x4B, KYBER_SHARE);
    }
    shares.u16(X25519).u16(32).fill(0x58, 32);
    int name = serverName.length();
    Octets extensions =
        new Octets()
            .u16(SERVER_NAME)
            .u16(name + 5)
            .u16(name + 3)
            .u8(0)
            .u16(name)
            .ascii(serverName)
            .u16(SUPPORTED_VERSIONS)
            .u16(5)
            .u8(4)
            .u16(0x0304)
            .u16(TLS_1_2)
            .u16(KEY_SHARE)
            .u16(shares.size() + 2)
            .u16(shares.size())
            .add(shares.bytes());
    if (large) {
      int padding = PADDED_TO - extensions.size();
      extensions.u16(PADDING).u16(padding).fill(0, padding);
    }
    return hello(1, new Octets().u16(4).u16(AES_128_GCM).u16(0xC02F).u8(1).u8(0), extensions);
  }

  private static byte[] hello(int type, Octets ciphers, Octets extensions) {
    Octets body =
        new Octets()
            .u16(TLS_1_2)
            .fill(0x52, 32) // random
            .u8(32)
            .fill(0x49, 32) // session id
            .add(ciphers.bytes())
            .u16(extensions.size())
            .add(extensions.bytes());
    return new Octets().u8(type).u24(body.size()).add(body.bytes()).bytes();
  }

  /** ServerHello, ChangeCipherSpec, and the encrypted rest. */
  public static byte[] serverHandshake() {
    Octets extensions =
        new Octets()
            .u16(SUPPORTED_VERSIONS)
            .u16(2)
            .u16(0x0304)
            .u16(KEY_SHARE)
            .u16(36)
            .u16(X25519)
            .u16(32)
            .fill(0x59, 32);
    return new Octets()
        .add(record(HANDSHAKE, hello(2, new Octets().u16(AES_128_GCM).u8(0), extensions)))
        .add(changeCipherSpec())
        .add(data(2_400))
        .bytes();
  }

  public static byte[] clientFinished() {
    return new Octets().add(changeCipherSpec()).add(data(53)).bytes();
  }

  public static byte[] changeCipherSpec() {
    return record(CHANGE_CIPHER_SPEC, new byte[] {1});
  }

  /** A fatal alert in the clear. */
  public static byte[] alert(int description) {
    return record(ALERT, new byte[] {2, (byte) description});
  }

  /** So many bytes of application data, in as many records as it takes. */
  public static byte[] data(int bytes) {
    Octets out = new Octets(bytes + 16);
    for (int at = 0; at < bytes; at += MAX_RECORD) {
      int length = Math.min(MAX_RECORD, bytes - at);
      out.u8(APPLICATION_DATA).u16(TLS_1_2).u16(length).fill(0xA5, length);
    }
    return out.bytes();
  }

  private static byte[] record(int type, byte[] body) {
    return new Octets(body.length + 5)
        .u8(type)
        .u16(type == HANDSHAKE ? 0x0301 : TLS_1_2)
        .u16(body.length)
        .add(body)
        .bytes();
  }
}
