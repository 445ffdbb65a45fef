package dev.alertcapture.evidence.finding;

/** From where on rules speak, with the reason for each number. Those without a source are ours. */
public final class Thresholds {
  private Thresholds() {}

  /** More subjects of one kind than these are told in one sentence. */
  public static final int FOLD = 5;

  // Quality and transfer.

  /**
   * Loss in thousandths of the payload: from 1 % on TCP slows down as people notice (its rate falls
   * with the root of the loss), from 5 % on sessions stall.
   */
  public static final int LOSS_NOTABLE = 10;

  public static final int LOSS_BAD = 50;

  /** So often at least, for a burst is no rate. */
  public static final int LOSS_TIMES = 10;

  public static final int LOSS_BAD_TIMES = 20;

  /** Of less payload <i>and</i> of fewer segments a share means nothing. */
  public static final long LOSS_BYTES = 100_000;

  public static final long LOSS_SEGMENTS = 100;

  /** So many peers that lose alike lose it where their ways are one. */
  public static final int LOSS_ALIKE = 4;

  /** Nanoseconds of closed windows in a direction of a connection that nobody overlooks. */
  public static final long ZERO_WINDOW = 1_000_000_000L;

  /** Less is enough where it is this part of the time in which the other sends. */
  public static final long ZERO_WINDOW_SHORT = 500_000_000L;

  public static final int ZERO_WINDOW_PART = 10;

  public static final Threshold ZERO =
      new Threshold(
          ">= 1 s in all, or >= 0.5 s and >= 10 % of the seconds in which the other sent",
          "a reader that pauses for a moment fills its window, too");

  /** So many connections with a hole that stays: one may be a sender that died. */
  public static final int BLACKHOLE_FLOWS = 2;

  public static final Threshold BLACKHOLE =
      new Threshold(
          ">= 3 resends of one whole segment that back off, while smaller data passes",
          "losses by chance hit small segments, too, and not one segment three times");

  public static final int WINDOW_FULL_TIMES = 10;

  public static final Threshold WINDOW_FULL =
      new Threshold(
          ">= 10 full windows over half of the payload, at half to twice window / round trip",
          "a window that is full now and then limits nothing");

  /** A handshake takes longer than this to no place on earth (ITU-T G.114 allows 400 ms). */
  public static final int RTT_MILLIS = 500;

  public static final int RTT_FEW = 3;
  public static final int RTT_MANY = 10;
  public static final int RTT_TIMES = 3;
  public static final int RTT_MORE_MILLIS = 100;

  public static final Threshold RTT =
      new Threshold(
          "p50 > 500 ms of >= 3, or p95 > 3 x p50 and > 100 ms more, of >= 10",
          "no way on earth is that long, and a queue on the way is not always full");

  public static final Threshold LOSS =
      new Threshold(
          ">= 1 % of the payload and >= 10 times",
          "below it TCP recovers without anybody noticing; 5 % and 20 times are bad");

  // Connects.

  // Sessions.

  // Volume and lookups.

  /** A multiple of a threshold takes two whole seconds: one burst makes any single second. */
  public static final long MULTIPLE_NANOS = 2_000_000_000L;

  /** New connections or TLS handshakes a second that a processor may feel. */
  public static final long BUSY_PER_SECOND = 20;

  /** A reflector gives this many bytes for one; a resolver's own users get less. */
  public static final long REFLECTED_TIMES = 5;

  /** Answers a second from which on a reflector is used, rather than asked by chance. */
  public static final long REFLECTED_ANSWERS = 20;

  /** Bytes a second that a reflector's victim feels. */
  public static final long REFLECTED_BYTES = 20_000;

  /** A resolver has answered by then, or does not; libraries ask again after 1 to 5 s. */
  public static final long LOOKUP_NANOS = 3_000_000_000L;

  /** A search suffix may follow a name that does not exist within a second. */
  public static final long LOOKUP_SUFFIX_NANOS = 1_000_000_000L;

  /** The names that a library tries for one name come within its time-out of 5 s. */
  public static final long LOOKUP_SIBLING_NANOS = 5_000_000_000L;

  /** One or two missing names are a search suffix or a typing error. */
  public static final int MISSING_LOOKUPS = 3;

  /** SERVFAIL and REFUSED so often are no accident. */
  public static final int FAILED_LOOKUPS_BAD = 5;

  /** A percentile takes as many. */
  public static final int SLOW_LOOKUPS = 20;

  /** Recursion over an ocean takes less. */
  public static final long SLOW_LOOKUP_NANOS = 200_000_000L;

  /** Lookups of over a second, which is a retry's time. */
  public static final int VERY_SLOW_LOOKUPS = 3;
}
