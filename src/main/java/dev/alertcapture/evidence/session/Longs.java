package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.flow.Columns;
import java.util.Arrays;

/** One long number for each flow or row, or two for its sides or ends; 0 at first. */
final class Longs implements Columns {
  long[] at = {};
  private final int each;

  Longs(int each) {
    this.each = each;
  }

  @Override
  public void grow(int size) {
    at = Arrays.copyOf(at, each * size);
  }

  @Override
  public void clear(int index) {
    Arrays.fill(at, each * index, each * (index + 1), 0);
  }
}
