package dev.alertcapture.evidence;

import dev.alertcapture.testing.Tshark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one run of tshark says of a capture, in the lines that {@link Explain} prints. */
final class TsharkReading {
  private static final List<String> MARKS =
      List.of(
          ("zero_window_probe zero_window lost_segment keep_alive window_update window_full"
                  + " keep_alive_ack zero_window_probe_ack duplicate_ack ack_lost_segment"
                  + " spurious_retransmission fast_retransmission out_of_order retransmission"
                  + " reused_ports")
              .split(" "));
  private static final List<String> FIELDS =
      List.of(
          "frame.number",
          "tcp.len",
          "_ws.short",
          "tls.handshake.extensions_server_name",
          "dns.flags.response",
          "dns.response_to",
          "dns.time",
          "dns.flags.rcode",
          "dns.retransmit_response",
          "dns.unsolicited");
  private static final List<String> TABLES =
      List.of(
          "conv,tcp",
          "conv,udp",
          "conv,ip",
          "conv,ipv6",
          "endpoints,ip",
          "endpoints,ipv6",
          "io,phs");

  /** Lines of frames with marks. */
  final List<String> marks = new ArrayList<>();

  /** Frames of which tshark has not the whole TCP header, or no payload length. */
  final Set<String> blind = new HashSet<>();

  /** Lines of answers and of client hellos. */
  final List<String> names = new ArrayList<>();

  /** What follows the frames. */
  final List<String> tables = new ArrayList<>();

  TsharkReading(Tshark tshark, byte[] capture) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-T", "fields", "-E", "occurrence=l"));
    FIELDS.forEach(field -> arguments.addAll(List.of("-e", field)));
    MARKS.forEach(mark -> arguments.addAll(List.of("-e", "tcp.analysis." + mark)));
    TABLES.forEach(table -> arguments.addAll(List.of("-z", table)));
    List<String> lines = tshark.read(capture, arguments.toArray(String[]::new));
    int frames =
        (int) lines.stream().takeWhile(line -> !line.isEmpty() && !line.startsWith("=")).count();
    lines.subList(0, frames).forEach(line -> frame(line.split("\t", -1)));
    tables.addAll(lines.subList(frames, lines.size()));
  }

  private void frame(String[] cells) {
    String number = cells[0];
    String found =
        IntStream.range(0, MARKS.size())
            .filter(i -> !cells[FIELDS.size() + i].isEmpty())
            .mapToObj(MARKS::get)
            .sorted()
            .collect(Collectors.joining(","));
    if (cells[1].isEmpty() || (!cells[2].isEmpty() && found.isEmpty())) {
      blind.add(number);
    } else if (!found.isEmpty()) {
      marks.add(number + "\t" + found);
    }
    if (cells[4].equals("1")) {
      names.add(answer(cells));
    }
    if (!cells[3].isEmpty()) {
      names.add("name\t" + number + "\t" + cells[3]);
    }
  }

  private static String answer(String[] cells) {
    String after = cells[6].isEmpty() ? "" : micros(cells[6]);
    String role = cells[8].isEmpty() ? "" : "retransmission";
    String unsolicited = cells[9].isEmpty() ? role : "unsolicited";
    return String.join("\t", "dns", cells[0], cells[5], after, cells[7], unsolicited);
  }

  private static String micros(String seconds) {
    return String.valueOf(Math.round(Double.parseDouble(seconds) * 1_000_000));
  }

  /** Our own lines of marks, in the same order, but for the frames that tshark can't judge. */
  List<String> comparable(List<String> ours) {
    return ours.stream()
        .map(line -> line.split("\t", -1))
        .filter(cells -> !blind.contains(cells[0]))
        .map(cells -> cells[0] + "\t" + sorted(cells[1]))
        .toList();
  }

  private static String sorted(String marks) {
    return Stream.of(marks.split(",", -1)).sorted().collect(Collectors.joining(","));
  }
}
