package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.flow.Columns;
import java.util.Arrays;

/**
 * Gives each flow a number that no other one has or had, where its index is used again. Tables that
 * remember a flow for a while by that number need not be told when it ends.
 */
final class Conversations implements Columns {
  private int[] numbers = {};
  private int last;

  @Override
  public void grow(int flows) {
    numbers = Arrays.copyOf(numbers, flows);
  }

  @Override
  public void clear(int flow) {
    numbers[flow] = ++last;
  }

  int number(int flow) {
    return numbers[flow];
  }
}
