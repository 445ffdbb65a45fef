package dev.alertcapture.evidence.finding;

/** From where on rules speak, with the reason for each number. Those without a source are ours. */
public final class Thresholds {
  private Thresholds() {}

  // Quality and transfer.

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
}
