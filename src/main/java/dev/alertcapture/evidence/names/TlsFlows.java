package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.packet.Bytes;
import java.util.Arrays;

/**
 * What the TLS records of each flow show without a key: client hellos, whether a server hello, a
 * ChangeCipherSpec and application data came, and fatal alerts in the clear. A client hello may
 * come in several records and segments; one with a gap is given up.
 */
public final class TlsFlows implements Columns {
  /** A whole client hello. */
  public static final int CLIENT_HELLO = 1;

  public static final int SERVER_HELLO = 2;
  public static final int CHANGE_CIPHER_SPEC = 4;
  public static final int APPLICATION_DATA = 8;

  /** An alert of level 2 before the same side's ChangeCipherSpec and application data. */
  public static final int FATAL_ALERT = 16;

  private static final int HANDSHAKE_SERVER_HELLO = 2;
  private static final int ALERT_LENGTH = 2;
  private static final int LEVEL_FATAL = 2;

  private final NameTable names;
  private final Pages pages;
  private final TlsRecords records = new TlsRecords(new Reader());
  private final ClientHello hello = new ClientHello();
  private final NameText text = new NameText();
  private final byte[] whole = new byte[Pages.MAX_LENGTH];

  /**
   * By 2 * flow + side, which is what {@link TlsRecords} calls a side: type of the record in hand,
   * the hello in pieces.
   */
  private byte[] types = {};

  private int[] chains = {};
  private byte[] flags = {};

  /** Level and description of the last alert, until one is fatal. */
  private short[] alerts = {};

  /** By flow. */
  private short[] versions = {};

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
  int segment(int flow, int side, int sequence, byte[] bytes, int from, int to) {
    events = 0;
    records.segment(2 * flow + side, sequence, bytes, from, to);
    return events;
  }

  /** The number of the name in the client hello that became whole last, if it had one. */
  int helloName() {
    return helloName;
  }

  /** The highest version that it offers. */
  int helloVersion() {
    return hello.version();
  }

  /** The highest version that the first client hello of this flow offers, 0 without one. */
  public int offeredVersion(int flow) {
    return versions[flow];
  }

  /** Whether one of these flags is true of a flow's side. */
  public boolean has(int flow, int side, int flag) {
    return has(2 * flow + side, flag);
  }

  /** The description of a side's fatal alert (RFC 8446, 6), where it has {@link #FATAL_ALERT}. */
  public int alert(int flow, int side) {
    return alerts[2 * flow + side] & 0xFF;
  }

  @Override
  public void grow(int flows) {
    records.grow(2 * flows);
    types = Arrays.copyOf(types, 2 * flows);
    chains = Arrays.copyOf(chains, 2 * flows);
    flags = Arrays.copyOf(flags, 2 * flows);
    alerts = Arrays.copyOf(alerts, 2 * flows);
    versions = Arrays.copyOf(versions, flows);
  }

  @Override
  public void clear(int flow) {
    for (int side = 2 * flow; side < 2 * flow + 2; side++) {
      records.clear(side);
      giveUp(side);
      flags[side] = 0;
    }
    versions[flow] = 0;
  }

  private final class Reader implements TlsRecords.Sink {
    @Override
    public void record(int side, int type) {
      types[side] = (byte) type;
      if (type != TlsRecords.HANDSHAKE) {
        giveUp(side);
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

    @Override
    public void gap(int side) {
      giveUp(side);
    }
  }

  private void handshake(int side, boolean first, byte[] bytes, int from, int to) {
    if (chains[side] != Pages.NONE) {
      collect(side, bytes, from, to);
    } else if (first && bytes[from] == HANDSHAKE_SERVER_HELLO && !has(side, CLIENT_HELLO)) {
      raise(side, SERVER_HELLO);
    } else if (first
        && !has(side, SERVER_HELLO)
        && ClientHello.isPlausible(bytes, from, to)
        && !readHello(side, bytes, from, to)) {
      chains[side] = pages.open();
      collect(side, bytes, from, to);
    }
  }

  /** Adds to the client hello in pieces, and reads it once it is whole. */
  private void collect(int side, byte[] bytes, int from, int to) {
    int handle = chains[side];
    if (!pages.isOpen(handle)) {
      chains[side] = Pages.NONE;
      return;
    }
    pages.append(handle, bytes, from, to);
    int length = pages.copy(handle, whole);
    if (length < ClientHello.HEADER_LENGTH) {
      return;
    }
    int wanted = ClientHello.HEADER_LENGTH + Bytes.u24(whole, 1);
    if (wanted > Pages.MAX_LENGTH) {
      giveUp(side);
    } else if (length >= wanted) {
      giveUp(side);
      readHello(side, whole, 0, length);
    }
  }

  /** Forgets the client hello in pieces, if there is one. */
  private void giveUp(int side) {
    pages.close(chains[side]);
    chains[side] = Pages.NONE;
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
}
