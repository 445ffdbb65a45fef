package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** Frames and bytes by pair of IP addresses: as many as {@link Addresses#keep} allows. */
final class AddressPairs {
  private final Addresses addresses;
  private long[] keys = new long[256];
  private int[] slots = new int[1024];
  private long[] frames = new long[512];
  private long[] bytes = new long[512];
  private int count;
  private long otherFrames;
  private long otherBytes;

  AddressPairs(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Counts a frame of a packet around another one, whose addresses nobody else knows. */
  void addOuter(Packet p, int outer) {
    int at = 4 * outer;
    int source = number(p.outer[at], p.outer[at + 1]);
    add(source, number(p.outer[at + 2], p.outer[at + 3]), 1, p.wireLength);
  }

  private int number(long high, long low) {
    int known = addresses.find(high, low);
    return known < 0 ? addresses.keep(high, low) : known;
  }

  /** Counts frames from one address to another, by their numbers. */
  void add(int source, int destination, int itsFrames, long itsBytes) {
    int low = Math.min(source, destination);
    int high = Math.max(source, destination);
    int pair = low < 0 ? -1 : pair((long) low << 32 | high, low, high);
    if (pair < 0) {
      otherFrames += itsFrames;
      otherBytes += itsBytes;
      return;
    }
    int i = 2 * pair + (source == low ? 0 : 1);
    frames[i] += itsFrames;
    bytes[i] += itsBytes;
  }

  private int pair(long key, int low, int high) {
    int slot = slot(key);
    while (slots[slot] != 0) {
      if (keys[slots[slot] - 1] == key) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (!keep(low) || !keep(high)) {
      return -1;
    }
    if (count == keys.length) {
      grow();
      slot = free(key);
    }
    keys[count] = key;
    slots[slot] = ++count;
    return count - 1;
  }

  private boolean keep(int number) {
    return addresses.keep(addresses.high(number), addresses.low(number)) >= 0;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * count);
    frames = Arrays.copyOf(frames, 4 * count);
    bytes = Arrays.copyOf(bytes, 4 * count);
    slots = new int[8 * count];
    for (int i = 0; i < count; i++) {
      slots[free(keys[i])] = i + 1;
    }
  }

  private int free(long key) {
    int slot = slot(key);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private int slot(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (slots.length - 1);
  }

  void print(Output out) {
    int highest = -1;
    for (int i = 0; i < count; i++) {
      highest = Math.max(highest, (int) keys[i]);
      print(out, i);
    }
    if (otherFrames > 0) {
      out.text().append("conv\tothers\t").append(otherFrames).append('\t').append(otherBytes);
      out.endLine();
    }
    endpoints(out, highest + 1);
  }

  private void print(Output out, int pair) {
    int low = (int) (keys[pair] >>> 32);
    int high = (int) keys[pair];
    out.text().append("conv\t").append(kind(low)).append('\t');
    address(out, low);
    address(out, high);
    int i = 2 * pair;
    out.text().append(frames[i]).append('\t').append(bytes[i]).append('\t');
    out.text().append(frames[i + 1]).append('\t').append(bytes[i + 1]);
    out.endLine();
  }

  private void endpoints(Output out, int numbers) {
    long[] sums = new long[2 * numbers];
    for (int i = 0; i < count; i++) {
      for (int shift = 0; shift <= 32; shift += 32) {
        int at = 2 * (int) (keys[i] >>> shift);
        sums[at] += frames[2 * i] + frames[2 * i + 1];
        sums[at + 1] += bytes[2 * i] + bytes[2 * i + 1];
      }
    }
    for (int number = 0; number < numbers; number++) {
      if (sums[2 * number] > 0) {
        out.text().append("endpoint\t").append(kind(number)).append('\t');
        address(out, number);
        out.text().append(sums[2 * number]).append('\t').append(sums[2 * number + 1]);
        out.endLine();
      }
    }
  }

  private String kind(int number) {
    return Address.isIpv4(addresses.high(number), addresses.low(number)) ? "ip" : "ipv6";
  }

  private void address(Output out, int number) {
    Address.append(out.text(), addresses.high(number), addresses.low(number));
    out.text().append('\t');
  }
}
