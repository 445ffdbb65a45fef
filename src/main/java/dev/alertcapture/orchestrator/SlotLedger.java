package dev.alertcapture.orchestrator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The slots of one subscription and region that our own starts hold: names whose PUT is so young
 * that a list of sessions need not show it yet. Together with a list at most 10 s old it counts
 * every session that exists or is about to (docs/design/store.md, "Reserve").
 *
 * @param watcherId the regional Network Watcher, null while unknown
 * @param deleted our own sessions whose deletion Azure has accepted: they no longer count
 */
record SlotLedger(String watcherId, List<Slot> slots, @JsonProperty("leaving") List<Slot> deleted) {
  /**
   * A PUT leaves at most 30 s after its slot is written and takes at most 30 s; so by then it shows
   * in a list, or never happened. What is over 90 s is room for clocks that differ.
   */
  static final Duration LISTED_AFTER = Duration.ofMinutes(2);

  // The recordings say 1 to 12 s.
  private static final Duration DELETION_TIMEOUT = Duration.ofMinutes(10);

  static final SlotLedger EMPTY = new SlotLedger(null, List.of(), List.of());

  /** A slot held for a session that is about to be started. */
  record Slot(String name, String captureId, Instant since) {
    private boolean has(String other) {
      return name.equals(other);
    }
  }

  SlotLedger {
    slots = slots == null ? List.of() : List.copyOf(slots);
    deleted = deleted == null ? List.of() : List.copyOf(deleted);
  }

  SlotLedger withWatcher(String id) {
    return new SlotLedger(id, slots, deleted);
  }

  /**
   * As it stands beside a list: without the slots that the list can be trusted to show, and without
   * the deletions that it shows to be over, or that take so long that they must have failed.
   */
  SlotLedger asOf(Instant listed, List<String> names) {
    return new SlotLedger(
        watcherId,
        slots.stream().filter(s -> !s.since().plus(LISTED_AFTER).isBefore(listed)).toList(),
        deleted.stream()
            .filter(s -> names.contains(s.name()) || s.since().isAfter(listed))
            .filter(s -> s.since().plus(DELETION_TIMEOUT).isAfter(listed))
            .toList());
  }

  /** With a slot held from now on; a slot of that name is renewed. */
  SlotLedger with(Slot slot) {
    return new SlotLedger(
        watcherId, plus(slots, slot), deleted.stream().filter(s -> !s.has(slot.name())).toList());
  }

  /** Without that capture's slot; a later one's has the same name. */
  SlotLedger without(String name, String captureId) {
    return new SlotLedger(
        watcherId,
        slots.stream().filter(s -> !(s.has(name) && s.captureId().equals(captureId))).toList(),
        deleted);
  }

  /** A session's deletion was accepted: it counts no more. */
  SlotLedger deleted(String name, String captureId, Instant now) {
    return new SlotLedger(watcherId, slots, plus(deleted, new Slot(name, captureId, now)));
  }

  private static List<Slot> plus(List<Slot> all, Slot slot) {
    return Stream.concat(all.stream().filter(s -> !s.has(slot.name())), Stream.of(slot)).toList();
  }

  /** All names that count: those listed, unless they are deleted, and those held. */
  Set<String> inUse(List<String> listed) {
    Set<String> names = new HashSet<>(listed);
    deleted.forEach(slot -> names.remove(slot.name()));
    slots.forEach(slot -> names.add(slot.name()));
    return names;
  }
}
