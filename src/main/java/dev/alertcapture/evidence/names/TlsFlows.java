package dev.alertcapture.evidence.names;

import java.util.Arrays;

/**
 * What the TLS records of each flow show without a key: client hellos, whether a server hello, a
 * ChangeCipherSpec and application data came, and fatal alerts in the clear. A client hello may
 * come in several records and segments; one with a gap is given up.
 *
 * <p>Flows are numbered by the caller, from 0 on without large holes; directions are 0 and 1.
 */
final class TlsFlows implements TlsRecords.Sink {
  /** A whole client hello. */
  static final int CLIENT_HELLO = 1;

  static final int SERVER_HELLO = 2;
  static final int CHANGE_CIPHER_SPEC = 4;
  static final int APPLICATION_DATA = 8;

  /** An alert of level 2 before the same side's ChangeCipherSpec and application data. */
  static final int FATAL_ALERT = 16;

  private static final int HANDSHAKE_SERVER_HELLO = 2;
  private static final int ALERT_LENGTH = 2;
  private static final int LEVEL_FATAL = 2;

  private final NameTable names;
  private final Pages pages;
  private final TlsRecords records = new TlsRecords(this);
  private final ClientHello hello = new ClientHello();
  private final NameText text = new NameText();
  private final byte[] whole = new byte[Pages.MAX_LENGTH];

  /** By side, which is 2 * flow + direction: type of the record in hand, the hello in pieces. */
  private byte[] types = new byte[0];

  private int[] texts = new int[0];
  private byte[] flags = new byte[0];

  /** Level and description of the last alert, until one is fatal. */
  private short[] alerts = new short[0];

  /** By flow. Name numbers plus 1; 0 while there is none. */
  private int[] serverNames = new int[0];

  private short[] versions = new short[0];

  private int events;
  private int helloName = NameTable.NONE;

  TlsFlows(NameTable names, Pages pages) {
    this.names = names;
    this.pages = pages;
  }

  /**
   * Takes the payload of a segment, as much of it as was captured.
   *
   * @param sequence the sequence number of its first byte
   * @return those of this class's flags for which the segment gives a reason, 0 for most
   */
  int segment(int flow, int direction, int sequence, byte[] bytes, int from, int to) {
    events = 0;
    records.segment(2 * flow + direction, sequence, bytes, from, to);
    return events;
  }

  /** The number of the name in the client hello that became whole last, if it had one. */
  int helloName() {
    return helloName;
  }

  /** The number of the first server name of this flow, or {@link NameTable#NONE}. */
  int serverName(int flow) {
    return flow < serverNames.length ? serverNames[flow] - 1 : NameTable.NONE;
  }

  /** The highest version that the first client hello of this flow offers, 0 without one. */
  int offeredVersion(int flow) {
    return flow < versions.length ? versions[flow] : 0;
  }

  /** Whether one of these flags is true of a side. */
  boolean has(int flow, int direction, int flag) {
    int side = 2 * flow + direction;
    return side < flags.length && (flags[side] & flag) != 0;
  }

  /** The description of a side's fatal alert (RFC 8446, 6), where it has {@link #FATAL_ALERT}. */
  int alert(int flow, int direction) {
    return alerts[2 * flow + direction] & 0xFF;
  }

  /** Forgets a flow: another one has its number from now on. */
  void forget(int flow) {
    for (int side = 2 * flow; side < 2 * flow + 2; side++) {
      records.forget(side);
      if (side < flags.length) {
        gap(side);
        flags[side] = 0;
      }
    }
    if (flow < serverNames.length) {
      serverNames[flow] = 0;
      versions[flow] = 0;
    }
  }

  @Override
  public void record(int side, int type) {
    grow(side);
    types[side] = (byte) type;
    if (type != TlsRecords.HANDSHAKE) {
      gap(side);
    }
    if (type == TlsRecords.CHANGE_CIPHER_SPEC) {
      raise(side, CHANGE_CIPHER_SPEC);
    } else if (type == TlsRecords.APPLICATION_DATA) {
      raise(side, APPLICATION_DATA);
    }
  }

  @Override
  public void body(int side, int position, int length, byte[] bytes, int from, int to) {
    if (types[side] == TlsRecords.HANDSHAKE) {
      handshake(side, position == 0, bytes, from, to);
    } else if (types[side] == TlsRecords.ALERT && length == ALERT_LENGTH) {
      for (int i = from; i < to; i++) {
        alert(side, position + i - from, Bytes.u8(bytes, i));
      }
    }
  }

  /** Gives up the client hello in pieces, if there is one. */
  @Override
  public void gap(int side) {
    if (side < texts.length) {
      pages.close(texts[side]);
      texts[side] = Pages.NONE;
    }
  }

  private void handshake(int side, boolean first, byte[] bytes, int from, int to) {
    if (texts[side] != Pages.NONE) {
      collect(side, bytes, from, to);
    } else if (first && bytes[from] == HANDSHAKE_SERVER_HELLO && !has(side, CLIENT_HELLO)) {
      raise(side, SERVER_HELLO);
    } else if (first
        && !has(side, SERVER_HELLO)
        && ClientHello.isPlausible(bytes, from, to)
        && !readHello(side, bytes, from, to)) {
      texts[side] = pages.open();
      collect(side, bytes, from, to);
    }
  }

  /** Adds to the client hello in pieces, and reads it once it is whole. */
  private void collect(int side, byte[] bytes, int from, int to) {
    int handle = texts[side];
    if (!pages.isOpen(handle)) {
      texts[side] = Pages.NONE;
      return;
    }
    pages.append(handle, bytes, from, to);
    int length = pages.copy(handle, whole);
    if (length < ClientHello.HEADER_LENGTH) {
      return;
    }
    int wanted = ClientHello.HEADER_LENGTH + Bytes.u24(whole, 1);
    if (wanted > Pages.MAX_LENGTH) {
      gap(side);
    } else if (length >= wanted) {
      gap(side);
      readHello(side, whole, 0, length);
    }
  }

  private boolean readHello(int side, byte[] bytes, int from, int to) {
    if (!hello.read(bytes, from, to)) {
      return false;
    }
    int flow = side / 2;
    helloName = NameTable.NONE;
    if (hello.hasName()) {
      hello.serverName(text);
      helloName = names.number(text);
    }
    if (serverNames[flow] == 0) {
      serverNames[flow] = helloName + 1;
    }
    if (versions[flow] == 0) {
      versions[flow] = (short) hello.version();
    }
    raise(side, CLIENT_HELLO);
    return true;
  }

  private void alert(int side, int position, int octet) {
    if (has(side, FATAL_ALERT)) {
      return;
    }
    if (position == 0) {
      alerts[side] = (short) (octet << 8);
      return;
    }
    int level = alerts[side] >> 8;
    alerts[side] |= (short) octet;
    if (level == LEVEL_FATAL && !has(side, CHANGE_CIPHER_SPEC | APPLICATION_DATA)) {
      raise(side, FATAL_ALERT);
    }
  }

  private boolean has(int side, int flag) {
    return (flags[side] & flag) != 0;
  }

  private void raise(int side, int flag) {
    flags[side] |= (byte) flag;
    events |= flag;
  }

  private void grow(int side) {
    if (side < flags.length) {
      return;
    }
    int flows = Math.max(512, side / 2 + side / 4 + 1);
    types = Arrays.copyOf(types, 2 * flows);
    texts = Arrays.copyOf(texts, 2 * flows);
    flags = Arrays.copyOf(flags, 2 * flows);
    alerts = Arrays.copyOf(alerts, 2 * flows);
    serverNames = Arrays.copyOf(serverNames, flows);
    versions = Arrays.copyOf(versions, flows);
  }
}
