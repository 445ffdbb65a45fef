package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.flow.Columns;
import java.util.Arrays;

/**
 * The names of a flow's two ends: for a server that a client hello named, that name; else the one
 * by which the file's lookups knew the address when the flow began. Numbers are those of {@link
 * NameTable}.
 */
public final class FlowNames implements Columns {
  private final NameTable table;

  /** By 2 * flow + side; name numbers plus 1, 0 for none. */
  private int[] names = {};

  FlowNames(NameTable table) {
    this.table = table;
  }

  @Override
  public void grow(int flows) {
    names = Arrays.copyOf(names, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    names[2 * flow] = 0;
    names[2 * flow + 1] = 0;
  }

  void set(int flow, int side, int name) {
    names[2 * flow + side] = name + 1;
  }

  /** The number of a side's name, or {@link NameTable#NONE}. */
  public int nameOf(int flow, int side) {
    return names[2 * flow + side] - 1;
  }

  /** The name with a number; see {@link NameTable#text}. */
  public String text(int name) {
    return table.text(name);
  }
}
