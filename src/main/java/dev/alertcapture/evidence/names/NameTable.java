package dev.alertcapture.evidence.names;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The distinct names of a file, each with a number from 0 on in the order of their first
 * appearance. It holds at most {@link #MAX_NAMES}; a name that comes later has no number.
 */
public final class NameTable {
  /** The number of a name that is not known, or for which there was no room. */
  public static final int NONE = -1;

  static final int MAX_NAMES = 16_384;
  private static final int BUCKETS = 2 * MAX_NAMES;

  /** Name numbers plus 1, so that 0 is a free bucket; open addressing. */
  private final int[] buckets = new int[BUCKETS];

  /** Where each name ends in {@link #text}; it begins where the one before ends. */
  private final int[] ends = new int[MAX_NAMES];

  private byte[] text = new byte[4_096];
  private int count;
  private long refused;

  /** The number of this name, new if need be, or {@link #NONE} if the table is full. */
  int number(NameText name) {
    int bucket = hash(name);
    while (buckets[bucket] != 0) {
      int number = buckets[bucket] - 1;
      if (Arrays.equals(text, start(number), ends[number], name.bytes(), 0, name.length())) {
        return number;
      }
      bucket = (bucket + 1) % BUCKETS;
    }
    if (count == MAX_NAMES) {
      refused++;
      return NONE;
    }
    add(name);
    buckets[bucket] = count;
    return count - 1;
  }

  /** How many names there are. */
  public int size() {
    return count;
  }

  /** How often a name was left out because the table was full. */
  public long refused() {
    return refused;
  }

  /** The name as text: ASCII 0x21 to 0x7E only, at most 255 characters. */
  public String text(int number) {
    int start = start(number);
    return new String(text, start, ends[number] - start, StandardCharsets.US_ASCII);
  }

  private void add(NameText name) {
    int start = start(count);
    int end = start + name.length();
    if (end > text.length) {
      text = Arrays.copyOf(text, 2 * text.length);
    }
    System.arraycopy(name.bytes(), 0, text, start, name.length());
    ends[count++] = end;
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  private static int hash(NameText name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + name.bytes()[i];
    }
    return Hash.mix(hash) % BUCKETS;
  }
}
