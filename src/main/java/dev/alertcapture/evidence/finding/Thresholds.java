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

  /** So many failed attempts are no accident of one client. */
  public static final int FAILED_BAD = 5;

  public static final String FAILED = ">= 1; bad: >= 5 and >= 50 %";

  /** The reason of {@link #FAILED}. */
  public static final String FAILED_WHY =
      "a healthy network answers every connect; half of five or more is an outage";

  /** So many answers and so many resets tell how far away each comes from. */
  public static final int NEARER = 3;

  /** So many ports or peers of one source are a scan. */
  public static final int SCANNED = 100;

  /** So many SYNs a second to one port are a flood ... */
  public static final int FLOOD_SYNS = 1000;

  /** ... in so many seconds. */
  public static final int FLOOD_SECONDS = 2;

  /** Public peers that have to be silent, all there are. */
  public static final int EGRESS_PEERS = 3;

  /** Attempts to them. */
  public static final int EGRESS_ATTEMPTS = 10;

  /** Azure gives out SNAT ports by 64 or more for each machine. */
  public static final int SNAT_ATTEMPTS = 64;

  /** So many connects that needed a second SYN ... */
  public static final int RETRIED = 3;

  /** ... and such a share of a service's. */
  public static final int RETRIED_PERCENT = 2;

  public static final int HALF_OPEN = 20;
  public static final int HALF_OPEN_PERCENT = 20;
  public static final int REUSED = 3;
  public static final int UNHEARD = 3;

  /** Requests that the platform has to leave unanswered, and half of all. */
  public static final int PLATFORM_FAILED = 2;

  /** ARP questions for the gateway. */
  public static final int GATEWAY_FAILED = 3;

  /** Probes in a row after which a load balancer takes a machine out, as it comes. */
  public static final int PROBES_FAILED = 2;

  // Sessions.

  /** A server that drops one odd client says nothing, the third time it does. */
  public static final int TLS_ENDED = 3;

  /** Alerts that are fewer than this, and under 5 %, are somebody's odd client. */
  public static final int TLS_FEW = 3;

  public static final String TLS_WHY = "one odd client is nobody's trouble (ours)";

  public static final int FAILED_NOTABLE = 3;
  public static final int FAILED_NOTABLE_PERCENT = 5;
  public static final int ERRORS_BAD = 20;
  public static final int FAILED_BAD_PERCENT = 20;
  public static final int DENIED_NOTABLE = 20;
  public static final String ERRORS =
      "5xx >= 3 and >= 5 %, bad >= 20 and >= 20 %; 401, 403, 407, 429 >= 20 and >= 50 %";
  public static final String ERRORS_WHY = "single errors are part of every service (ours)";

  /** Dead connections that are no accident. */
  public static final int STALE = 2;

  public static final int STALE_SENDS = 3;
  public static final String STALE_WHY = "one may be a peer that went away (ours)";
  public static final int SILENT_BAD = 3;
  public static final int SILENT_RESENDS = 20;
  public static final String SILENT =
      "data sent >= 3 times over >= 2 s; bad: >= 3 connections, or >= 2 that are all";
  public static final String SILENT_WHY = "a working path brings something back within 2 s (ours)";

  /** Connections to one service, and how many a second, that a pool would save. */
  public static final int CHURN = 100;

  public static final int CHURN_RATE = 5;
  public static final int CHURN_CPU_RATE = 20;
  public static final String CHURN_SAYS = ">= 100 and >= 5/s, median life under 1 s";
  public static final String CHURN_WHY =
      "at 5/s, an Azure flow that lasts 4 minutes after its last packet adds up to 1,200 (ours)";

  public static final int SHORT = 5;
  public static final int SHORT_PERCENT = 80;
  public static final String SHORT_SAYS = ">= 5 and >= 80 %";
  public static final String SHORT_WHY = "a server that always ends at once refuses (ours)";

  public static final int PAUSE_FILE_SECONDS = 10;
  public static final int PAUSE_TIMES = 20;
  public static final int PAUSE_RATE = 20;
  public static final String PAUSE =
      ">= 1 s and 20 times the usual longest, >= 20 packets/s in the 5 s before and after";
  public static final String PAUSE_WHY = "traffic of that rate does not stop by itself (ours)";

  public static final int RESETS_NOTABLE = 3;
  public static final int RESETS_NOTABLE_PERCENT = 5;
  public static final int RESETS_BAD = 10;
  public static final int RESETS_BAD_PERCENT = 20;

  /** A transfer of so many bytes that was cut is told though it is one. */
  public static final long CUT_BYTES = 10_000;

  public static final String RESETS = ">= 3 and >= 5 %; bad: >= 10 and >= 20 %";
  public static final String RESETS_WHY = "single resets are how browsers leave (ours)";

  /** Connections with a slow answer that are no accident. */
  public static final int SLOW_FLOWS = 3;

  public static final int SLOW_PERCENT = 10;
  public static final String SLOW = "over 1 s and 10 round trips; in >= 3 connections or >= 10 %";
  public static final String SLOW_WHY = "people notice a second (Nielsen, 1993)";

  /** Quick answers that show who asks and who answers, where the file lacks the handshake. */
  public static final int STEADY_TURNS = 3;

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
