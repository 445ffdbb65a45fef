package dev.alertcapture.evidence.flow;

/** Arrays with a value for each flow, or two for a flow's sides at {@code 2 * flow + side}. */
public interface Columns {
  /** There may be so many flows from now on; values of the present ones stay. */
  void grow(int flows);

  /** A flow begins at this index. */
  void clear(int flow);
}
