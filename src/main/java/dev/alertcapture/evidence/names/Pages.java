package dev.alertcapture.evidence.names;

/**
 * Keeps the beginnings of streams until they are whole: client hellos that come in more than one
 * segment, the handshake data of QUIC, DNS messages over TCP. The bytes of one are in a
 * <em>chain</em> of pages of 2 KiB, at most 16 KiB long. When no page is free, another chain is
 * dropped to make room, so that streams which never go on can't keep new ones out.
 *
 * <p>A chain is known by a handle from {@link #open}, which goes stale when the chain is dropped.
 */
final class Pages {
  static final int PAGE_SIZE = 2_048;
  static final int MAX_PAGES = 2_048;
  static final int MAX_LENGTH = 16_384;

  /** The handle of no chain. */
  static final int NONE = 0;

  private static final int END = -1;

  /** So that a handle is a positive int. */
  private static final int MAX_USES = Integer.MAX_VALUE / MAX_PAGES - 1;

  /** Pages, made when first needed. */
  private final byte[][] pages = new byte[MAX_PAGES][];

  /** The page behind this one in its chain, or among the free ones. */
  private final int[] next = new int[MAX_PAGES];

  /** The first page of the chain that this page belongs to, or {@link #END} while it is free. */
  private final int[] first = new int[MAX_PAGES];

  /** For the first page of a chain: its last page, its length, and how often it was given out. */
  private final int[] last = new int[MAX_PAGES];

  private final int[] length = new int[MAX_PAGES];
  private final int[] use = new int[MAX_PAGES];

  private int free = END;
  private int made;

  /** The page that was asked for last when none was free. */
  private int turn = MAX_PAGES - 1;

  private long dropped;

  /** Begins a chain; it takes a page at once. */
  int open() {
    int page = take(END);
    first[page] = page;
    last[page] = page;
    next[page] = END;
    length[page] = 0;
    use[page] = 1 + use[page] % MAX_USES;
    return use[page] * MAX_PAGES + page;
  }

  /** Whether the chain was neither closed nor dropped. */
  boolean isOpen(int handle) {
    int page = handle % MAX_PAGES;
    return handle > 0 && first[page] == page && use[page] == handle / MAX_PAGES;
  }

  /** The length of an open chain. */
  int length(int handle) {
    return length[handle % MAX_PAGES];
  }

  /** A byte of an open chain's first page. */
  int u8(int handle, int at) {
    return pages[handle % MAX_PAGES][at] & 0xFF;
  }

  /** Adds bytes to an open chain, as many as it has room for. */
  void append(int handle, byte[] bytes, int from, int to) {
    int chain = handle % MAX_PAGES;
    int at = from;
    int end = Math.min(to, from + MAX_LENGTH - length[chain]);
    while (at < end) {
      int used = length[chain] % PAGE_SIZE;
      if (used == 0 && length[chain] > 0) {
        int page = take(chain);
        first[page] = chain;
        next[page] = END;
        next[last[chain]] = page;
        last[chain] = page;
      }
      int n = Math.min(end - at, PAGE_SIZE - used);
      System.arraycopy(bytes, at, pages[last[chain]], used, n);
      length[chain] += n;
      at += n;
    }
  }

  /** Copies an open chain to the start of {@code into}, which has room for {@link #MAX_LENGTH}. */
  int copy(int handle, byte[] into) {
    int chain = handle % MAX_PAGES;
    int at = 0;
    for (int page = chain; page != END; page = next[page]) {
      int n = Math.min(PAGE_SIZE, length[chain] - at);
      System.arraycopy(pages[page], 0, into, at, n);
      at += n;
    }
    return at;
  }

  /** Ends a chain; nothing happens if it is not open. */
  void close(int handle) {
    if (isOpen(handle)) {
      release(handle % MAX_PAGES);
    }
  }

  /** How many chains were dropped to make room. */
  long dropped() {
    return dropped;
  }

  /** A page that no chain has. The chain that asks keeps its own. */
  private int take(int asking) {
    if (free == END && made == MAX_PAGES) {
      drop(asking);
    }
    int page = free;
    if (page == END) {
      page = made++;
      pages[page] = new byte[PAGE_SIZE];
    } else {
      free = next[page];
    }
    return page;
  }

  private void drop(int asking) {
    do {
      turn = (turn + 1) % MAX_PAGES;
    } while (first[turn] == asking);
    dropped++;
    release(first[turn]);
  }

  private void release(int chain) {
    int page = chain;
    while (page != END) {
      int following = next[page];
      first[page] = END;
      next[page] = free;
      free = page;
      page = following;
    }
  }
}
