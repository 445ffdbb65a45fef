package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.traffic.Incident;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What exists in the simulated Azure. Ids are matched in any letter case and answered as they were
 * written down. Not safe for threads: the simulator's lock guards it.
 */
final class Inventory {
  /** Where made-up subscriptions have watchers: the regions of the sample alerts. */
  private static final List<String> SAMPLE_REGIONS =
      List.of("westcentralus", "westus", "chinanorth");

  private static final String GROUP = "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/";
  private static final Pattern WATCHER =
      pattern(GROUP + "Microsoft\\.Network/networkWatchers/[^/]+");
  private static final Pattern VM = pattern(GROUP + "Microsoft\\.Compute/virtualMachines/[^/]+");
  private static final Pattern SCALE_SET =
      pattern(GROUP + "Microsoft\\.Compute/virtualMachineScaleSets/[^/]+");
  private static final Pattern ACCOUNT =
      pattern(GROUP + "Microsoft\\.Storage/storageAccounts/[^/]+");

  private final Map<String, NetworkWatcher> watchers = new LinkedHashMap<>();
  private final Map<String, VirtualMachine> virtualMachines = new LinkedHashMap<>();
  private final Map<String, ScaleSet> scaleSets = new LinkedHashMap<>();
  private final Map<String, StorageAccount> storageAccounts = new LinkedHashMap<>();
  private String unknownTargets;

  record NetworkWatcher(String id, String location) {
    String name() {
      return lastSegment(id);
    }

    String subscription() {
      return id.split("/", -1)[2];
    }
  }

  /**
   * Absent members mean a running Linux machine with the agent, as most are.
   *
   * @param incident what its captures show; null for five packets of nothing wrong
   */
  record VirtualMachine(
      String id, String location, String os, Boolean agent, Boolean running, Incident incident) {
    boolean windows() {
      return "Windows".equalsIgnoreCase(os);
    }

    boolean hasAgent() {
      return !Boolean.FALSE.equals(agent);
    }

    boolean isRunning() {
      return !Boolean.FALSE.equals(running);
    }
  }

  /**
   * Absent instances mean that every number asked for exists; without a mode it is Uniform. The
   * machines of a Flexible one stand among the virtual machines.
   */
  record ScaleSet(String id, String location, List<String> instances, String orchestrationMode) {
    ScaleSet {
      orchestrationMode = orchestrationMode == null ? "Uniform" : orchestrationMode;
    }

    List<String> known() {
      return instances == null ? List.of("0") : instances;
    }

    boolean hasInstance(String instance) {
      return instances == null || instances.contains(instance);
    }
  }

  /**
   * An account; without more it is Standard_LRS and allows access by key, as Azure's default is.
   */
  record StorageAccount(String id, String location, String sku, Boolean allowSharedKeyAccess) {
    StorageAccount {
      sku = sku == null ? "Standard_LRS" : sku;
      allowSharedKeyAccess = allowSharedKeyAccess == null || allowSharedKeyAccess;
    }

    String name() {
      return lastSegment(id).toLowerCase(Locale.ROOT);
    }
  }

  private record Document(
      List<NetworkWatcher> networkWatchers,
      List<VirtualMachine> virtualMachines,
      List<ScaleSet> scaleSets,
      List<StorageAccount> storageAccounts,
      String unknownTargets) {}

  static Inventory defaults() {
    try (InputStream in = Inventory.class.getResourceAsStream("default-inventory.json")) {
      Inventory inventory = new Inventory();
      inventory.merge(Json.MAPPER.readTree(in));
      return inventory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds what is new, replaces what has the same id, and keeps the rest. {@code "unknownTargets":
   * null} switches that off. All or nothing.
   *
   * @throws IllegalArgumentException if the document is no inventory; the message says why
   */
  void merge(JsonNode json) {
    Document document = Json.convert(json, Document.class);
    if (document == null) {
      throw new IllegalArgumentException("An inventory is a JSON object.");
    }
    List<NetworkWatcher> newWatchers = orNone(document.networkWatchers);
    List<VirtualMachine> newMachines = orNone(document.virtualMachines);
    List<ScaleSet> newScaleSets = orNone(document.scaleSets);
    List<StorageAccount> newAccounts = orNone(document.storageAccounts);
    if (document.unknownTargets != null) {
      checkRegion(document.unknownTargets, "unknownTargets");
    }
    newWatchers.forEach(each -> check(WATCHER, each.id, each.location));
    newMachines.forEach(each -> check(VM, each.id, each.location));
    newScaleSets.forEach(each -> check(SCALE_SET, each.id, each.location));
    newAccounts.forEach(each -> check(ACCOUNT, each.id, each.location));
    newWatchers.forEach(each -> watchers.put(key(each.id), each));
    newMachines.forEach(each -> virtualMachines.put(key(each.id), each));
    newScaleSets.forEach(each -> scaleSets.put(key(each.id), each));
    newAccounts.forEach(each -> storageAccounts.put(key(each.id), each));
    if (json.has("unknownTargets")) {
      unknownTargets = document.unknownTargets;
    }
  }

  Optional<VirtualMachine> virtualMachine(String id) {
    VirtualMachine known = virtualMachines.get(key(id));
    return known == null && unknownTargets != null && VM.matcher(id).matches()
        ? Optional.of(new VirtualMachine(id, unknownTargets, null, null, null, null))
        : Optional.ofNullable(known);
  }

  Optional<ScaleSet> scaleSet(String id) {
    ScaleSet known = scaleSets.get(key(id));
    return known == null && unknownTargets != null && SCALE_SET.matcher(id).matches()
        ? Optional.of(new ScaleSet(id, unknownTargets, null, null))
        : Optional.ofNullable(known);
  }

  Optional<StorageAccount> storageAccount(String id) {
    return Optional.ofNullable(storageAccounts.get(key(id)));
  }

  boolean hasAccountNamed(String name) {
    return storageAccounts.values().stream().anyMatch(each -> each.name().equals(name));
  }

  /** Whether the target stands in the inventory, and not only by grace of unknownTargets. */
  boolean isListed(String targetId) {
    return virtualMachines.containsKey(key(targetId)) || scaleSets.containsKey(key(targetId));
  }

  boolean knowsSubscription(String subscription) {
    String prefix = key("/subscriptions/" + subscription + "/");
    return unknownTargets != null
        || List.of(watchers, virtualMachines, scaleSets, storageAccounts).stream()
            .flatMap(each -> each.keySet().stream())
            .anyMatch(id -> id.startsWith(prefix));
  }

  Optional<NetworkWatcher> watcher(String subscription, String id) {
    return watchers(subscription).stream().filter(each -> each.id.equalsIgnoreCase(id)).findFirst();
  }

  /** A subscription's watchers; with unknownTargets, one more in each region that lacks one. */
  List<NetworkWatcher> watchers(String subscription) {
    Map<String, NetworkWatcher> byRegion = new LinkedHashMap<>();
    String prefix = key("/subscriptions/" + subscription + "/");
    watchers.forEach(
        (id, watcher) -> {
          if (id.startsWith(prefix)) {
            byRegion.put(watcher.location, watcher);
          }
        });
    if (unknownTargets != null) {
      for (String region : regions()) {
        byRegion.computeIfAbsent(
            region,
            each ->
                new NetworkWatcher(
                    "/subscriptions/%s/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_%s"
                        .formatted(subscription, each),
                    each));
      }
    }
    return List.copyOf(byRegion.values());
  }

  private Set<String> regions() {
    Set<String> regions = new LinkedHashSet<>(SAMPLE_REGIONS);
    regions.add(unknownTargets);
    watchers.values().forEach(each -> regions.add(each.location));
    virtualMachines.values().forEach(each -> regions.add(each.location));
    scaleSets.values().forEach(each -> regions.add(each.location));
    return regions;
  }

  static String lastSegment(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  private static <T> List<T> orNone(List<T> list) {
    if (list != null && list.contains(null)) {
      throw new IllegalArgumentException("A list has null among its elements.");
    }
    return list == null ? List.of() : list;
  }

  private static void check(Pattern pattern, String id, String location) {
    if (id == null || !pattern.matcher(id).matches()) {
      throw new IllegalArgumentException("id is not of its list's type: " + id);
    }
    checkRegion(location, id);
  }

  private static void checkRegion(String region, String where) {
    if (region == null || !region.matches("[a-z0-9]+")) {
      throw new IllegalArgumentException("A region is a word such as westus, at " + where);
    }
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
