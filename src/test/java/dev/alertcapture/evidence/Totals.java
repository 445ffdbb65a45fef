package dev.alertcapture.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames and bytes by conversation, endpoint and protocol, ours and tshark's in one form. */
final class Totals {
  /**
   * Frames, and between which numbers the bytes are: tshark rounds those of conversations down to
   * thousands or millions.
   */
  record Count(long frames, long least, long most) {
    static final Count NONE = new Count(0, 0, 0);

    Count plus(Count other) {
      return new Count(frames + other.frames, least + other.least, most + other.most);
    }

    boolean has(Count exact) {
      return frames == exact.frames && least <= exact.least && exact.most <= most;
    }
  }

  private static final Set<String> PROTOCOLS =
      Set.of(
          ("frame eth sll raw null vlan ieee8021ad mpls pppoes ppp ip ipv6 tcp udp icmp icmpv6 arp gre vxlan"
                  + " geneve teredo")
              .split(" "));
  private static final Pattern CONVERSATION =
      Pattern.compile(
          "(\\S+) +<-> (\\S+) +(\\d+) (\\d+) (\\w+) +(\\d+) (\\d+) (\\w+) +\\d+ \\d+ \\w+ .*");
  private static final Pattern ENDPOINT = Pattern.compile("(\\S+) +(\\d+) +(\\d+) +\\d+ .*");
  private static final Pattern NODE = Pattern.compile("( *)(\\S+) +frames:(\\d+) bytes:(\\d+)");

  /** UDP ports of tunnels, whose datagrams are their inner packets' to us. */
  private static final Pattern TUNNEL = Pattern.compile(".*:(4789|6081|3544)\\b.*");

  final Map<String, Count> counts = new TreeMap<>();

  static Totals ours(List<String> lines) {
    Totals totals = new Totals();
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      int last = cells.length - 1;
      switch (cells[0]) {
        case "conv" -> {
          boolean ports = last == 9;
          String a = ports ? cells[2] + ":" + cells[3] : cells[2];
          String b = ports ? cells[4] + ":" + cells[5] : cells[3];
          totals.add(cells[1], a, b, exact(cells[last - 3], cells[last - 2]));
          totals.add(cells[1], b, a, exact(cells[last - 1], cells[last]));
        }
        case "endpoint" -> totals.add("endpoint " + cells[2], exact(cells[3], cells[4]));
        case "proto" -> totals.add(cells[1], exact(cells[2], cells[3]));
        default -> throw new AssertionError(line);
      }
    }
    return totals;
  }

  static Totals tsharks(List<String> lines) {
    Totals totals = new Totals();
    String table = "";
    List<String> path = new ArrayList<>();
    for (String line : lines) {
      Matcher conversation = CONVERSATION.matcher(line);
      Matcher endpoint = ENDPOINT.matcher(line);
      Matcher node = NODE.matcher(line);
      if (line.endsWith("Conversations")) {
        table = line.replace(" Conversations", "").replace("v4", "").toLowerCase(Locale.ROOT);
      } else if (line.endsWith("Endpoints")) {
        table = "endpoint";
      } else if (conversation.matches() && !TUNNEL.matcher(line).matches()) {
        String a = conversation.group(1);
        String b = conversation.group(2);
        totals.add(table, b, a, rounded(conversation, 3));
        totals.add(table, a, b, rounded(conversation, 6));
      } else if (node.matches()) {
        path = new ArrayList<>(path.subList(0, node.group(1).length() / 2));
        path.add(node.group(2));
        if (path.size() > 1 && PROTOCOLS.containsAll(path)) {
          totals.add(
              String.join(":", path.subList(1, path.size())), exact(node.group(3), node.group(4)));
        }
      } else if (endpoint.matches() && table.equals("endpoint")) {
        totals.add("endpoint " + endpoint.group(1), exact(endpoint.group(2), endpoint.group(3)));
      }
    }
    return totals;
  }

  /** What is not the same in both, ours first. */
  List<String> differences(Totals tsharks) {
    List<String> all = new ArrayList<>();
    Set<String> keys = new TreeSet<>(counts.keySet());
    keys.addAll(tsharks.counts.keySet());
    for (String key : keys) {
      Count our = counts.getOrDefault(key, Count.NONE);
      Count their = tsharks.counts.getOrDefault(key, Count.NONE);
      if (!their.has(our)) {
        all.add(key + ": " + our + ", tshark " + their);
      }
    }
    return all;
  }

  private void add(String table, String from, String to, Count count) {
    add(table + " " + from + " to " + to, count);
  }

  private void add(String key, Count count) {
    counts.merge(key, count, Count::plus);
  }

  private static Count exact(String frames, String bytes) {
    return new Count(Long.parseLong(frames), Long.parseLong(bytes), Long.parseLong(bytes));
  }

  private static Count rounded(Matcher matcher, int group) {
    long unit =
        switch (matcher.group(group + 2)) {
          case "bytes" -> 1;
          case "kB" -> 1_000;
          case "MB" -> 1_000_000;
          default -> 1_000_000_000;
        };
    long bytes = Long.parseLong(matcher.group(group + 1)) * unit;
    return new Count(Long.parseLong(matcher.group(group)), bytes, bytes + unit - 1);
  }
}
