package dev.alertcapture.evidence.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/** Parts a log's rows by what they have in common. */
public final class Groups {
  /**
   * Rows of one service: all connections out to a peer's port, or in to a port of the machine.
   *
   * @param server the number of the server's address
   * @param port the server's port
   * @param direction as {@link FlowLog#direction}
   * @param rows in the order of their first frames
   */
  public record Group(int server, int port, byte direction, int protocol, List<Integer> rows) {}

  private Groups() {}

  /** By the server's address and port, direction and protocol, in the order of first frames. */
  public static List<Group> byService(FlowLog log, IntPredicate taken) {
    Integer[] rows = Arrays.stream(log.byService()).filter(taken).boxed().toArray(Integer[]::new);
    List<Group> groups = new ArrayList<>();
    for (int from = 0, to; from < rows.length; from = to) {
      to = from + 1;
      while (to < rows.length && same(log, rows[from], rows[to])) {
        to++;
      }
      List<Integer> these = List.of(Arrays.copyOfRange(rows, from, to));
      int row = rows[from];
      groups.add(
          new Group(
              log.server(row), log.serverPort(row), log.direction(row), log.protocol(row), these));
    }
    groups.sort(Comparator.comparingInt(group -> log.firstFrame(group.rows().get(0))));
    return groups;
  }

  private static boolean same(FlowLog log, int one, int other) {
    return log.protocol(one) == log.protocol(other)
        && log.direction(one) == log.direction(other)
        && log.serverPort(one) == log.serverPort(other)
        && log.server(one) == log.server(other);
  }
}
