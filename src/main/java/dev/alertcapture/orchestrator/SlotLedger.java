package dev.alertcapture.orchestrator;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.alertcapture.capture.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The slots of one subscription and region that our own starts hold: names whose PUT is so young
 * that a list of sessions need not show it yet. Together with a list at most 10 s old it counts
 * every session that exists or is about to (docs/design/store.md, "Reserve").
 *
 * @param watcherId the regional Network Watcher, null while unknown
 * @param deleted our own sessions whose deletion Azure has accepted: they no longer count
 * @param closedUntil until then nothing is reserved, else null
 * @param more members that a later version wrote
 */
record SlotLedger(
    String watcherId,
    List<Slot> slots,
    List<Slot> deleted,
    Instant closedUntil,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
  /**
   * A PUT leaves at most 30 s after its slot is written and takes at most 30 s; so by then it shows
   * in a list, or never happened. What is over 90 s is room for clocks that differ.
   */
  static final Duration LISTED_AFTER = Duration.ofMinutes(2);

  // The recordings say 1 to 12 s.
  private static final Duration DELETION_TIMEOUT = Duration.ofMinutes(10);

  static final SlotLedger EMPTY = new SlotLedger(null, List.of(), List.of(), null, Map.of());

  /**
   * A slot held for a session that is about to be started.
   *
   * @param more members that a later version wrote
   */
  record Slot(
      String name,
      String captureId,
      Instant since,
      @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    Slot {
      more = Unknown.members(more);
    }

    Slot(String name, String captureId, Instant since) {
      this(name, captureId, since, Map.of());
    }

    private boolean has(String other) {
      return name.equals(other);
    }
  }

  SlotLedger {
    slots = slots == null ? List.of() : List.copyOf(slots);
    deleted = deleted == null ? List.of() : List.copyOf(deleted);
    more = Unknown.members(more);
  }

  /** In place of one that can't be read: whose PUTs are young, only time tells. */
  static SlotLedger damaged(Instant now) {
    return new SlotLedger(null, List.of(), List.of(), now.plus(LISTED_AFTER), Map.of());
  }

  private SlotLedger with(List<Slot> nextSlots, List<Slot> nextDeleted) {
    return new SlotLedger(watcherId, nextSlots, nextDeleted, closedUntil, more);
  }

  SlotLedger withWatcher(String id) {
    return new SlotLedger(id, slots, deleted, closedUntil, more);
  }

  /** Whether slots may be reserved. */
  boolean isOpen(Instant now) {
    return closedUntil == null || !closedUntil.isAfter(now);
  }

  /**
   * As it stands beside a list: without the slots that the list can be trusted to show, and without
   * the deletions that it shows to be over, or that take so long that they must have failed.
   */
  SlotLedger asOf(Instant listed, List<String> names) {
    return with(
        slots.stream().filter(s -> !s.since().plus(LISTED_AFTER).isBefore(listed)).toList(),
        deleted.stream()
            .filter(s -> names.contains(s.name()) || s.since().isAfter(listed))
            .filter(s -> s.since().plus(DELETION_TIMEOUT).isAfter(listed))
            .toList());
  }

  /** With a slot held from now on; a slot of that name is renewed. */
  SlotLedger with(Slot slot) {
    return with(plus(slots, slot), deleted.stream().filter(s -> !s.has(slot.name())).toList());
  }

  /** Without that capture's slot; a later one's has the same name. */
  SlotLedger without(String name, String captureId) {
    return with(
        slots.stream().filter(s -> !(s.has(name) && s.captureId().equals(captureId))).toList(),
        deleted);
  }

  /** A session's deletion was accepted: it counts no more. */
  SlotLedger deleted(String name, String captureId, Instant now) {
    return with(slots, plus(deleted, new Slot(name, captureId, now)));
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
