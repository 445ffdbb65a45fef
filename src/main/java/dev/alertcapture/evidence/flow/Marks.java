package dev.alertcapture.evidence.flow;

/** The marks of tshark's TCP analysis, one bit each. */
public final class Marks {
  public static final int ACK_LOST_SEGMENT = 1;
  public static final int DUPLICATE_ACK = 1 << 1;
  public static final int FAST_RETRANSMISSION = 1 << 2;
  public static final int KEEP_ALIVE = 1 << 3;
  public static final int KEEP_ALIVE_ACK = 1 << 4;
  public static final int LOST_SEGMENT = 1 << 5;
  public static final int OUT_OF_ORDER = 1 << 6;

  /** Also on fast and spurious retransmissions, as tshark shows them. */
  public static final int RETRANSMISSION = 1 << 7;

  public static final int REUSED_PORTS = 1 << 8;
  public static final int SPURIOUS_RETRANSMISSION = 1 << 9;
  public static final int WINDOW_FULL = 1 << 10;
  public static final int WINDOW_UPDATE = 1 << 11;
  public static final int ZERO_WINDOW = 1 << 12;
  public static final int ZERO_WINDOW_PROBE = 1 << 13;
  public static final int ZERO_WINDOW_PROBE_ACK = 1 << 14;

  private static final String[] NAMES = {
    "ack_lost_segment",
    "duplicate_ack",
    "fast_retransmission",
    "keep_alive",
    "keep_alive_ack",
    "lost_segment",
    "out_of_order",
    "retransmission",
    "reused_ports",
    "spurious_retransmission",
    "window_full",
    "window_update",
    "zero_window",
    "zero_window_probe",
    "zero_window_probe_ack"
  };

  private Marks() {}

  /** Appends the names of all marks, with commas between: tshark's field names without prefix. */
  public static void append(StringBuilder out, int marks) {
    int rest = marks;
    while (rest != 0) {
      int bit = Integer.numberOfTrailingZeros(rest);
      rest &= rest - 1;
      out.append(NAMES[bit]);
      if (rest != 0) {
        out.append(',');
      }
    }
  }
}
