package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A network watcher with its sessions. They all share its etag, which changes when a create, stop
 * or delete is accepted and again when it is done (recording 01). Not safe for threads.
 */
final class Watcher {
  private final Inventory.NetworkWatcher place;
  private final Map<String, CaptureSession> sessions = new LinkedHashMap<>();
  private final Map<String, Integer> started = new HashMap<>();
  private final List<Instant> changes = new ArrayList<>();
  private int peak;

  Watcher(Inventory.NetworkWatcher place) {
    this.place = place;
  }

  Inventory.NetworkWatcher place() {
    return place;
  }

  Optional<CaptureSession> session(String name, Instant now) {
    return Optional.ofNullable(sessions.get(key(name))).filter(each -> !each.goneAt(now));
  }

  List<CaptureSession> sessions(Instant now) {
    sessions.values().removeIf(each -> each.goneAt(now));
    return List.copyOf(sessions.values());
  }

  /** Sessions whose deletion has not been accepted, whatever their state. */
  int countKept(Instant now) {
    return (int) sessions(now).stream().filter(each -> !each.deleting()).count();
  }

  void add(CaptureSession session, Instant now) {
    sessions.put(key(session.name()), session);
    started.merge(session.name(), 1, Integer::sum);
    peak = Math.max(peak, countKept(now));
  }

  /** The highest that countKept ever was. */
  int peak() {
    return peak;
  }

  /** How often a session of each name was started. */
  Map<String, Integer> started() {
    return Map.copyOf(started);
  }

  void changed(Instant accepted, Instant done) {
    changes.add(accepted);
    changes.add(done);
  }

  String etag(Instant now) {
    long count = changes.stream().filter(each -> !each.isAfter(now)).count();
    byte[] seed = (place.id() + " " + count).getBytes(StandardCharsets.UTF_8);
    return "W/\"" + UUID.nameUUIDFromBytes(seed) + "\"";
  }

  ObjectNode resource(Instant now) {
    ObjectNode resource =
        Json.object()
            .put("name", place.name())
            .put("id", place.id())
            .put("etag", etag(now))
            .put("type", "Microsoft.Network/networkWatchers")
            .put("location", place.location());
    resource
        .putObject("properties")
        .put("provisioningState", "Succeeded")
        .putArray("runningOperationIds");
    return resource;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
