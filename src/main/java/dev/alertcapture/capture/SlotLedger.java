package dev.alertcapture.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The slots of one subscription and region that our own starts hold: names whose PUT is so young
 * that a list of sessions need not show it yet. Together with a list at most 10 s old it counts
 * every session that exists or is about to (STORE.md, "reserve").
 *
 * @param watcherId the regional Network Watcher, null while unknown
 */
record SlotLedger(String watcherId, List<Slot> slots) {
  /**
   * A PUT leaves at most 30 s after its slot is written and takes at most 30 s; so by then it shows
   * in a list, or never happened. What is over 90 s is room for clocks that differ.
   */
  static final Duration SHOWS_WITHIN = Duration.ofMinutes(2);

  static final SlotLedger EMPTY = new SlotLedger(null, List.of());

  /** A slot held for a session that is about to be started. */
  record Slot(String name, String captureId, Instant since) {}

  SlotLedger {
    slots = slots == null ? List.of() : List.copyOf(slots);
  }

  SlotLedger withWatcher(String id) {
    return new SlotLedger(id, slots);
  }

  /** Without the slots that a list begun at that time can be trusted to show. */
  SlotLedger asOf(Instant listed) {
    return new SlotLedger(
        watcherId,
        slots.stream().filter(s -> !s.since().plus(SHOWS_WITHIN).isBefore(listed)).toList());
  }

  /** With a slot held from now on; a slot of that name is renewed. */
  SlotLedger with(Slot slot) {
    return new SlotLedger(
        watcherId, Stream.concat(without(slot.name()).slots().stream(), Stream.of(slot)).toList());
  }

  SlotLedger without(String name) {
    return new SlotLedger(watcherId, slots.stream().filter(s -> !s.name().equals(name)).toList());
  }

  /** Whether that capture holds a slot of that name; a later one's slot has the same name. */
  boolean holds(String name, String captureId) {
    return slots.stream().anyMatch(s -> s.name().equals(name) && s.captureId().equals(captureId));
  }

  /** All names that count: those listed and those held. */
  Set<String> inUse(List<String> listed) {
    Set<String> names = new HashSet<>(listed);
    slots.forEach(slot -> names.add(slot.name()));
    return names;
  }
}
