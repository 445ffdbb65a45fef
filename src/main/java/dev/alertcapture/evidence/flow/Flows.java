package dev.alertcapture.evidence.flow;

import java.util.Arrays;

/**
 * The flows that are known, by index: who talks to whom, and who is the client. What was seen of
 * them is in the {@link Columns} beside: {@link Traffic}, {@link Handshakes}, {@link
 * Acknowledgments}, {@link Sequences}, {@link Marking}.
 */
public final class Flows extends Ends {
  private static final byte CLIENT_IS_0 = 1;
  private static final byte CLIENT_IS_1 = 2;
  private static final byte INFERRED = 4;
  private static final byte KEPT = 8;
  private static final byte OPENED_BY_1 = 16;

  private Columns[] columns = {};
  private byte[] roles = new byte[capacity()];
  private int[] free = {};
  private int freed;
  private int used;

  Flows(Addresses addresses, int most) {
    super(addresses, most);
  }

  /** Adds columns, which grow and are cleared with the flows. */
  public void add(Columns added) {
    columns = Arrays.copyOf(columns, columns.length + 1);
    columns[columns.length - 1] = added;
    added.grow(capacity());
  }

  /** Whether a flow has to go before another one can come. */
  boolean full() {
    return freed == 0 && used == most;
  }

  /** Adds a flow whose first packet is that of the key; there has to be room. */
  int open(Key key) {
    if (freed == 0 && used == capacity()) {
      grow();
    }
    int flow = freed > 0 ? free[--freed] : used++;
    put(flow, key);
    clear(flow);
    return flow;
  }

  /** Begins another flow between the same ends at the same index; the sides stay what they are. */
  void reopen(int flow, int side) {
    clear(flow);
    roles[flow] = side == 0 ? 0 : OPENED_BY_1;
  }

  private void clear(int flow) {
    roles[flow] = 0;
    for (Columns each : columns) {
      each.clear(flow);
    }
  }

  @Override
  void remove(int flow) {
    super.remove(flow);
    clear(flow);
    if (freed == free.length) {
      free = Arrays.copyOf(free, Math.max(1024, 2 * freed));
    }
    free[freed++] = flow;
  }

  @Override
  void grow() {
    super.grow();
    roles = Arrays.copyOf(roles, capacity());
    for (Columns each : columns) {
      each.grow(capacity());
    }
  }

  @Override
  public int end() {
    return used;
  }

  /** The side that sent the flow's first packet. */
  public int opener(int flow) {
    return (roles[flow] & OPENED_BY_1) == 0 ? 0 : 1;
  }

  /** The client's side, or -1 where it is not decided yet: at the first payload at the latest. */
  public int client(int flow) {
    int role = roles[flow] & (CLIENT_IS_0 | CLIENT_IS_1);
    return role == 0 ? NONE : role - 1;
  }

  /** Whether the client was concluded from ports and the like, for the file lacks the SYN. */
  public boolean clientInferred(int flow) {
    return (roles[flow] & INFERRED) != 0;
  }

  void client(int flow, int side, boolean inferred) {
    int role = (side == 0 ? CLIENT_IS_0 : CLIENT_IS_1) | (inferred ? INFERRED : 0);
    roles[flow] = (byte) ((roles[flow] & (KEPT | OPENED_BY_1)) | role);
  }

  /** Asks for a flow to be among the last that are folded, since a finding is about it. */
  public void keep(int flow) {
    roles[flow] |= KEPT;
  }

  boolean kept(int flow) {
    return (roles[flow] & KEPT) != 0;
  }
}
