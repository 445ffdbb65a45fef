package dev.alertcapture.evidence.names;

import java.util.function.IntConsumer;

/**
 * Queries and their responses, matched by conversation and message id. Two views of a query that is
 * sent again are kept side by side:
 *
 * <ul>
 *   <li>the <em>transaction</em>, tshark 4.0.17's: it begins with the first query for an id, or
 *       when the one before was answered or is 5 s old. Its response time counts from there.
 *   <li>the <em>lookup</em>, ours: the same question (name and type) sent again within 6 s of the
 *       last time, as resolver libraries do after 1 to 5 s, is another try of the same lookup.
 * </ul>
 *
 * <p>The last {@link #CAPACITY} transactions are remembered. A lookup without an answer is told to
 * the listener once: 10 s of trace time after its last try, when its slot is needed, or at {@link
 * #endAll}. Times are nanoseconds.
 */
public final class DnsTransactions {
  public static final int CAPACITY = 16_384;

  private static final long SECOND = 1_000_000_000L;
  private static final long RETRANSMISSION_TIMER = 5 * SECOND;
  private static final long RETRY_GAP = 6 * SECOND;
  private static final long GIVEN_UP = 10 * SECOND;

  private static final int NXDOMAIN = 3;

  /** What a message is to the transaction that it belongs to. */
  public enum Role {
    /** A query that begins a transaction. */
    QUERY,
    /** A query sent again before its response came. */
    RETRY,
    /** The first response, or any message of a zone transfer. */
    RESPONSE,
    /** A response to a transaction that had one. */
    REPEATED,
    /** A response to no query of this file. */
    UNSOLICITED
  }

  private enum State {
    /** Told as unanswered, going on in another slot, or a copy's. */
    ENDED,
    PENDING,
    ANSWERED,
    /** Answered wholly with NOERROR or NXDOMAIN, which no resolver library asks again. */
    SETTLED
  }

  private final IntConsumer unanswered;
  private final Slots slots = new Slots(CAPACITY);
  private final State[] states = new State[CAPACITY];
  private final int[] queryFrames = new int[CAPACITY];
  private final long[] queryTimes = new long[CAPACITY];
  private final long[] firstTries = new long[CAPACITY];
  private final long[] lastTries = new long[CAPACITY];
  private final int[] tries = new int[CAPACITY];
  private final int[] names = new int[CAPACITY];
  private final int[] types = new int[CAPACITY];
  private final boolean[] unheard = new boolean[CAPACITY];

  /** How many slots were given out, and how many of those the search for old ones has passed. */
  private long opened;

  private long swept;
  private int slot = Slots.NONE;

  /**
   * @param unanswered takes the slot of each lookup that ends without an answer
   */
  DnsTransactions(IntConsumer unanswered) {
    this.unanswered = unanswered;
  }

  /**
   * A query was sent.
   *
   * @param conversation a number for the exact pair of addresses and ports, either way, that no
   *     other flow has or had
   * @param name the number of the question's name, or {@link NameTable#NONE}
   * @param copy whether the capture has this query twice: for tshark that is a query sent again,
   *     for us it is no try
   */
  Role query(int conversation, int id, int name, int type, long time, int frame, boolean copy) {
    sweep(time);
    long key = key(conversation, id);
    slot = slots.find(key);
    boolean pending = slot != Slots.NONE && states[slot] != State.ANSWERED && !isSettled(slot);
    boolean retry = pending && time - queryTimes[slot] < RETRANSMISSION_TIMER;
    if (copy && retry) {
      return Role.RETRY;
    }
    boolean same = slot != Slots.NONE && names[slot] == name && types[slot] == type;
    boolean again = same && pending && time - lastTries[slot] <= RETRY_GAP;
    if (again && retry) {
      tries[slot]++;
      lastTries[slot] = time;
      return Role.RETRY;
    }
    int queryFrame = retry ? queryFrames[slot] : frame;
    long queryTime = retry ? queryTimes[slot] : time;
    long firstTry = again ? firstTries[slot] : time;
    int earlierTries = again ? tries[slot] : 0;
    boolean heardNothing = same && isSettled(slot) && !copy;
    if (again) {
      states[slot] = State.ENDED; // The lookup goes on in another slot.
    }
    open(key);
    states[slot] = copy ? State.ENDED : State.PENDING;
    queryFrames[slot] = queryFrame;
    queryTimes[slot] = queryTime;
    firstTries[slot] = firstTry;
    lastTries[slot] = time;
    tries[slot] = earlierTries + 1;
    names[slot] = name;
    types[slot] = type;
    unheard[slot] = heardNothing;
    return retry ? Role.RETRY : Role.QUERY;
  }

  /**
   * A response was sent.
   *
   * @param whole whether nothing of it is missing; with NOERROR or NXDOMAIN that ends the matter
   */
  Role response(int conversation, int id, int responseCode, boolean whole, long time) {
    sweep(time);
    slot = slots.find(key(conversation, id));
    if (slot == Slots.NONE) {
      return Role.UNSOLICITED;
    }
    boolean first = states[slot] != State.ANSWERED && !isSettled(slot);
    if (first) {
      states[slot] =
          whole && (responseCode == 0 || responseCode == NXDOMAIN) ? State.SETTLED : State.ANSWERED;
    }
    // A zone transfer is answered by as many messages as it takes.
    return first || types[slot] == DnsMessage.TYPE_AXFR ? Role.RESPONSE : Role.REPEATED;
  }

  /** Ends all lookups: the file is over, or time jumps. */
  void endAll() {
    while (swept < opened) {
      end((int) (swept++ % CAPACITY));
    }
  }

  /** The slot of the last message, or {@link Slots#NONE}. */
  int slot() {
    return slot;
  }

  /** The frame of the query that began the transaction. */
  public int queryFrame(int slot) {
    return queryFrames[slot];
  }

  public long queryTime(int slot) {
    return queryTimes[slot];
  }

  /** When the question of the lookup was sent first. */
  public long firstTry(int slot) {
    return firstTries[slot];
  }

  public long lastTry(int slot) {
    return lastTries[slot];
  }

  public int tries(int slot) {
    return tries[slot];
  }

  public int name(int slot) {
    return names[slot];
  }

  public int type(int slot) {
    return types[slot];
  }

  /** Whether the same question had an answer already that should have ended the matter. */
  public boolean isAskedAgain(int slot) {
    return unheard[slot];
  }

  private boolean isSettled(int slot) {
    return states[slot] == State.SETTLED;
  }

  private static long key(int conversation, int id) {
    return (long) conversation << 16 | id;
  }

  /** Gives this key a new slot, in place of the one it has. */
  private void open(long key) {
    if (slot != Slots.NONE) {
      end(slot);
      slots.free(slot);
    }
    if (opened - swept == CAPACITY) {
      end((int) (swept++ % CAPACITY));
    }
    opened++;
    slot = slots.take(key);
  }

  /**
   * Ends lookups that were given up. Slots stand in the order of their transactions' begin; one
   * that is tried again holds up those behind it for seconds at most, as it then takes a new slot.
   */
  private void sweep(long now) {
    while (swept < opened) {
      int oldest = (int) (swept % CAPACITY);
      if (states[oldest] == State.PENDING && now - lastTries[oldest] < GIVEN_UP) {
        return;
      }
      end(oldest);
      swept++;
    }
  }

  private void end(int ending) {
    if (states[ending] == State.PENDING) {
      states[ending] = State.ENDED;
      unanswered.accept(ending);
    }
  }
}
