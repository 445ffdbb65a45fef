package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static dev.alertcapture.traffic.Time.us;

import java.util.Random;

/** Segments of which no TCP would send the most: numbers, flags, windows and times at random. */
final class RandomSegments {
  private static final int SEGMENTS = 400;
  private static final int STEP = 100;
  private static final long[] PAUSES = {0, us(1), us(500), ms(2), ms(4), ms(15), ms(25), s(1)};
  private static final int[] LENGTHS = {0, 0, 0, 1, 1, STEP, STEP, 2 * STEP};
  private static final int[] WINDOWS = {0, 1 << 7, STEP << 7, 64_000, 64_000, 64_000};
  private static final int[] RARE = {
    Side.SYN, Side.SYN | Side.ACK, Side.FIN | Side.ACK, Side.RST, Side.RST | Side.ACK, Side.FIN, 0
  };

  private RandomSegments() {}

  static Traffic of(long seed) {
    Random random = new Random(seed);
    Host vm = Host.machine("10.0.0.4");
    Traffic traffic = new Traffic(vm, seed);
    Tcp[] flows = new Tcp[3];
    for (int i = 0; i < flows.length; i++) {
      long isn = i == 0 ? (1L << 32) - 1_500 : random.nextInt(5_000);
      flows[i] = traffic.tcp(vm, Host.at("10.1.2.3"), 5432 + i).isn(isn, isn + 50);
      if (i < 2) {
        flows[i].open();
      }
    }
    for (int i = 0; i < SEGMENTS; i++) {
      Tcp flow = flows[random.nextInt(flows.length)];
      boolean client = random.nextBoolean();
      add(random, client ? flow.client : flow.server, client ? flow.server : flow.client);
    }
    return traffic;
  }

  private static void add(Random random, Side side, Side other) {
    int flags = random.nextInt(40) == 0 ? RARE[random.nextInt(RARE.length)] : Side.ACK;
    boolean inOrder = random.nextInt(3) == 0;
    long seq = side.next() + (inOrder ? 0 : STEP * (random.nextInt(12) - 6L));
    if (random.nextInt(10) == 0) {
      seq += random.nextBoolean() ? -1 : 1;
    }
    long ack = other.next() + STEP * (random.nextInt(10) - 6L);
    int length = LENGTHS[random.nextInt(LENGTHS.length)];
    if (random.nextInt(4) == 0) {
      side.window(WINDOWS[random.nextInt(WINDOWS.length)]);
    }
    side.pause(PAUSES[random.nextInt(PAUSES.length)]);
    side.raw(flags, seq, ack, length);
    if (random.nextInt(4) == 0) {
      side.drop(STEP);
    }
  }
}
