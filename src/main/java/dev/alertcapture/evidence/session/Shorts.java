package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.flow.Columns;
import java.util.Arrays;

/** A small number for each flow or row, or two for its sides or ends; it stops at the highest. */
final class Shorts implements Columns {
  private short[] at = {};
  private final int each;
  private final int none;

  Shorts(int each, int none) {
    this.each = each;
    this.none = none;
  }

  @Override
  public void grow(int size) {
    at = Arrays.copyOf(at, each * size);
  }

  @Override
  public void clear(int index) {
    Arrays.fill(at, each * index, each * (index + 1), (short) none);
  }

  int get(int index) {
    return at[index];
  }

  void set(int index, int value) {
    at[index] = (short) Math.min(Short.MAX_VALUE, value);
  }

  void increment(int index) {
    set(index, at[index] + 1);
  }
}
