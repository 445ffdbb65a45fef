package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.flow.Columns;
import java.util.Arrays;

/** One number for each flow or row, or two for its sides or ends. */
final class Ints implements Columns {
  int[] at = {};
  private final int each;
  private final int none;

  /**
   * @param each how many for a flow or row
   * @param none what they are at first
   */
  Ints(int each, int none) {
    this.each = each;
    this.none = none;
  }

  @Override
  public void grow(int size) {
    at = Arrays.copyOf(at, each * size);
  }

  @Override
  public void clear(int index) {
    Arrays.fill(at, each * index, each * (index + 1), none);
  }
}
