package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * A DNS message (RFC 1035, 4.1), read where it stands: header, first question, and the addresses
 * that answer it. One object is reused for all messages; what it says holds until the next {@link
 * #read}, and the names only while the bytes are unchanged.
 *
 * <p>A message may be cut: its header is known from 12 bytes on, the rest as far as it goes.
 */
public final class DnsMessage {
  static final int HEADER_LENGTH = 12;
  static final int TYPE_A = 1;
  static final int TYPE_CNAME = 5;
  static final int TYPE_AAAA = 28;
  static final int TYPE_AXFR = 252;

  private static final int CLASS_IN = 1;
  private static final int MAX_RECORDS = 128;
  private static final int MAX_ALIASES = 16;
  private static final byte[] PRIVATELINK = "privatelink".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = {};
  private int from;
  private int to;
  private int flags;
  private boolean whole;
  private int question;
  private int questionType;

  /** Aliases and addresses among the answers: type, where owner and data begin. */
  private final int[] types = new int[MAX_RECORDS];

  private final int[] owners = new int[MAX_RECORDS];
  private final int[] data = new int[MAX_RECORDS];
  private int records;

  /** Which of those are addresses that answer the question. */
  private final int[] addresses = new int[MAX_RECORDS];

  private int addressCount;
  private boolean privatelink;

  /**
   * Reads the message in these bytes.
   *
   * @return false if there is not even a header
   */
  boolean read(byte[] message, int start, int end) {
    records = 0;
    addressCount = 0;
    privatelink = false;
    question = DnsName.BROKEN;
    questionType = 0;
    if (end - start < HEADER_LENGTH) {
      return false;
    }
    bytes = message;
    from = start;
    to = end;
    flags = Bytes.u16(bytes, from + 2);
    whole = readAnswers(readQuestions());
    followAliases();
    return true;
  }

  public int id() {
    return Bytes.u16(bytes, from);
  }

  public boolean isResponse() {
    return (flags & 0x8000) != 0;
  }

  /**
   * The low four bits of the flags; the upper eight of an extended code (RFC 6891) are not here.
   */
  public int responseCode() {
    return flags & 0x0F;
  }

  /** Whether question and answers are all there: neither cut here nor by the sender (TC). */
  public boolean isWhole() {
    return whole && (flags & 0x0200) == 0;
  }

  /** The type of the first question, 0 if it is cut. */
  public int questionType() {
    return questionType;
  }

  /** Writes the name of the first question; false, and no name, if it is not whole. */
  boolean questionName(NameText name) {
    return question != DnsName.BROKEN && DnsName.write(bytes, from, question, to, name);
  }

  /** How many IPv4 and IPv6 addresses the answers give for the question's name or its aliases. */
  public int addressCount() {
    return addressCount;
  }

  /** The upper half of an address, 0 for IPv4. */
  public long addressHigh(int index) {
    int record = addresses[index];
    return types[record] == TYPE_A ? 0 : Bytes.s64(bytes, data[record]);
  }

  /** The lower half of an address; IPv4 is mapped into IPv6. */
  public long addressLow(int index) {
    int record = addresses[index];
    return types[record] == TYPE_A
        ? Address.ofIpv4(Bytes.s32(bytes, data[record]))
        : Bytes.s64(bytes, data[record] + 8);
  }

  /** Whether an alias on the way to the addresses has the label "privatelink". */
  public boolean isPrivatelink() {
    return privatelink;
  }

  /** Returns where the answers begin, or {@link DnsName#BROKEN}. */
  private int readQuestions() {
    int at = from + HEADER_LENGTH;
    int count = Bytes.u16(bytes, from + 4);
    for (int i = 0; i < count; i++) {
      int end = DnsName.end(bytes, at, to);
      if (end == DnsName.BROKEN || end + 4 > to) {
        return DnsName.BROKEN;
      }
      if (i == 0) {
        question = at;
        questionType = Bytes.u16(bytes, end);
      }
      at = end + 4;
    }
    return at;
  }

  /** Returns whether all answers are there. */
  private boolean readAnswers(int start) {
    int at = start;
    int count = Bytes.u16(bytes, from + 6);
    for (int i = 0; i < count && at != DnsName.BROKEN; i++) {
      at = readRecord(at);
    }
    return at != DnsName.BROKEN;
  }

  /** Returns where the record after this one begins, or {@link DnsName#BROKEN}. */
  private int readRecord(int owner) {
    int end = DnsName.end(bytes, owner, to);
    if (end == DnsName.BROKEN || end + 10 > to) {
      return DnsName.BROKEN;
    }
    int type = Bytes.u16(bytes, end);
    int length = Bytes.u16(bytes, end + 8);
    int start = end + 10;
    if (start + length > to) {
      return DnsName.BROKEN;
    }
    boolean wanted =
        type == TYPE_CNAME
            || (type == TYPE_A && length == 4)
            || (type == TYPE_AAAA && length == 16);
    if (wanted && Bytes.u16(bytes, end + 2) == CLASS_IN && records < MAX_RECORDS) {
      types[records] = type;
      owners[records] = owner;
      data[records] = start;
      records++;
    }
    return start + length;
  }

  /** Goes from the question's name through its aliases, in whatever order they stand. */
  private void followAliases() {
    if (question == DnsName.BROKEN) {
      return;
    }
    int name = question;
    for (int i = 0; i < MAX_ALIASES; i++) {
      int alias = record(TYPE_CNAME, name);
      if (alias < 0) {
        break;
      }
      name = data[alias];
      privatelink |= DnsName.hasLabel(bytes, from, name, to, PRIVATELINK);
    }
    for (int i = 0; i < records; i++) {
      if (types[i] != TYPE_CNAME && DnsName.same(bytes, from, owners[i], name, to)) {
        addresses[addressCount++] = i;
      }
    }
  }

  private int record(int type, int owner) {
    for (int i = 0; i < records; i++) {
      if (types[i] == type && DnsName.same(bytes, from, owners[i], owner, to)) {
        return i;
      }
    }
    return -1;
  }
}
