package dev.alertcapture.evidence.lookup;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.lookup.LookupLog.Line;
import dev.alertcapture.evidence.names.NameTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which names were found, and when: what fails beside that did not really fail. */
final class Found {
  private final Context context;

  /** When a name's lookups ended with NOERROR, A or AAAA; ascending. */
  private final Map<Integer, List<Long>> noError = new HashMap<>();

  private final Set<Integer> withAddress = new TreeSet<>();

  /** When a name of this first label was found. */
  private final Map<String, List<Long>> labels = new HashMap<>();

  Found(Context context, LookupLog log) {
    this.context = context;
    for (Line line : log.lines()) {
      boolean address = line.type() == LookupLog.A || line.type() == LookupLog.AAAA;
      if (line.name() == NameTable.NONE || line.code() != 0 || !address) {
        continue;
      }
      noError.computeIfAbsent(line.name(), any -> new ArrayList<>()).add(line.end());
      if (line.isFound()) {
        withAddress.add(line.name());
        labels.computeIfAbsent(label(line), any -> new ArrayList<>()).add(line.end());
      }
    }
  }

  private String label(Line line) {
    return Expected.firstLabel(context.words().name(line.name()));
  }

  /** Whether a lookup of this name found an address, at any time. */
  boolean ever(int name) {
    return withAddress.contains(name);
  }

  /** Whether the same name got NOERROR after this lookup, or just before it. */
  boolean around(Line line) {
    return noError.getOrDefault(line.name(), List.of()).stream()
        .anyMatch(time -> time >= line.end() - Thresholds.LOOKUP_SIBLING_NANOS);
  }

  /** Whether a name with the same first label was found close by: this was a search suffix. */
  boolean sibling(Line line) {
    return labels.getOrDefault(label(line), List.of()).stream()
        .anyMatch(time -> Math.abs(time - line.end()) <= Thresholds.LOOKUP_SIBLING_NANOS);
  }
}
