package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Microsoft.Network's watchers and packet captures (docs/design/azure.md, from "Operations" on).
 * Not safe for threads.
 */
final class NetworkWatcherService {
  private static final String WATCHER =
      "/subscriptions/*/resourceGroups/*/providers/Microsoft\\.Network/networkWatchers/*";
  private static final String CAPTURE = WATCHER + "/packetCaptures/*";

  /** Microsoft.Network's general rule for names; a recording of it for captures is lacking. */
  private static final Pattern NAME = Pattern.compile("\\w(?:[\\w.-]{0,78}\\w)?");

  private final Inventory inventory;
  private final SimulatorOptions options;
  private final Operations operations;
  private final Map<String, Watcher> watchers = new HashMap<>();
  private final List<CaptureSession> sessionsWithFiles = new ArrayList<>();

  NetworkWatcherService(Inventory inventory, SimulatorOptions options) {
    this.inventory = inventory;
    this.options = options;
    this.operations = new Operations(options.retryAfter());
  }

  List<Route> routes() {
    List<Route> routes =
        new ArrayList<>(
            List.of(
                Route.of(
                    "GET",
                    "/subscriptions/*/providers/Microsoft\\.Network/networkWatchers",
                    this::listWatchers),
                Route.of("GET", WATCHER, this::getWatcher),
                Route.of("GET", WATCHER + "/packetCaptures", this::list),
                Route.of("GET", CAPTURE, this::get),
                Route.of("PUT", CAPTURE, this::create),
                Route.of("DELETE", CAPTURE, this::delete),
                Route.of("POST", CAPTURE + "/stop", this::stop),
                Route.of("POST", CAPTURE + "/queryStatus", this::queryStatus)));
    routes.addAll(operations.routes());
    return routes;
  }

  /** The session whose file is at that path by now; of several, the youngest. */
  Optional<CaptureSession> fileAt(String path, Instant now) {
    return sessionsWithFiles.stream()
        .filter(each -> each.request().blobPaths().contains(path) && each.hasFileAt(now))
        .reduce((older, younger) -> younger);
  }

  /** The files that are there by now and whose paths begin like that, each with its session. */
  SortedMap<String, CaptureSession> filesUnder(String prefix, Instant now) {
    SortedMap<String, CaptureSession> files = new TreeMap<>();
    for (CaptureSession session : sessionsWithFiles) {
      for (String path : session.request().blobPaths()) {
        if (path.startsWith(prefix) && session.hasFileAt(now)) {
          files.put(path, session);
        }
      }
    }
    return files;
  }

  List<SimulatedSession> sessions(Instant now) {
    List<SimulatedSession> all = new ArrayList<>();
    for (Watcher watcher : watchers.values()) {
      for (CaptureSession each : watcher.sessions(now)) {
        all.add(
            new SimulatedSession(
                watcher.place().id(),
                each.name(),
                each.stateAt(now),
                each.deleting(),
                each.resourceAt(now, watcher.etag(now))));
      }
    }
    return all;
  }

  int peakSessions(String watcherId) {
    Watcher watcher = watchers.get(watcherId.toLowerCase(Locale.ROOT));
    return watcher == null ? 0 : watcher.peak();
  }

  Map<String, Integer> startedSessions(String watcherId) {
    Watcher watcher = watchers.get(watcherId.toLowerCase(Locale.ROOT));
    return watcher == null ? Map.of() : watcher.started();
  }

  private Answer listWatchers(Call call, Matcher path) {
    String subscription = Call.decode(path.group(1));
    if (!inventory.knowsSubscription(subscription)) {
      throw ArmError.frontEnd(
          404,
          "SubscriptionNotFound",
          "The subscription '%s' could not be found.".formatted(subscription));
    }
    ArrayNode value = Json.MAPPER.createArrayNode();
    inventory.watchers(subscription).forEach(each -> value.add(stateOf(each).resource(call.now())));
    return Answer.json(200, Json.object("value", value));
  }

  private Answer getWatcher(Call call, Matcher path) {
    Watcher watcher = watcher(path);
    return Answer.json(200, watcher.resource(call.now())).with("ETag", watcher.etag(call.now()));
  }

  private Answer list(Call call, Matcher path) {
    Watcher watcher = watcher(path);
    String etag = watcher.etag(call.now());
    ArrayNode value = Json.MAPPER.createArrayNode();
    watcher.sessions(call.now()).forEach(each -> value.add(each.resourceAt(call.now(), etag)));
    return Answer.json(200, Json.object("value", value));
  }

  private Answer get(Call call, Matcher path) {
    Watcher watcher = watcher(path);
    String etag = watcher.etag(call.now());
    return Answer.json(200, session(watcher, call, path).resourceAt(call.now(), etag))
        .with("ETag", etag);
  }

  /** The code for a name that is taken, and the one for the limit, are the simulator's own. */
  private Answer create(Call call, Matcher path) {
    Watcher watcher = watcher(path);
    String name = Call.decode(path.group(4));
    Instant now = call.now();
    if (!NAME.matcher(name).matches()) {
      throw ArmError.network(
          400,
          "InvalidResourceName",
          "Resource name %s is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'."
              .formatted(name));
    }
    CaptureRequest request = CaptureRequest.read(call, inventory);
    CaptureTarget.checkRegion(request.target(), watcher.place(), inventory);
    String id = id(watcher, name);
    if (watcher.session(name, now).isPresent()) {
      throw ArmError.network(
          409,
          "SimulatorPacketCaptureAlreadyExists",
          "The packet capture %s already exists.".formatted(id));
    }
    if (watcher.countKept(now) >= options.sessionLimit()) {
      throw ArmError.network(
          409,
          "SimulatorPacketCaptureCountLimitReached",
          "Cannot create more than %d packet captures for this subscription in this region."
              .formatted(options.sessionLimit()));
    }
    CaptureSession session =
        new CaptureSession(id, request, failure(request.target()), now, options.timings());
    watcher.add(session, now);
    watcher.changed(now, session.createDone());
    if (!request.blobPaths().isEmpty()) {
      sessionsWithFiles.add(session);
    }
    return operations.accept(
        Answer.json(201, session.asAccepted(watcher.etag(now))),
        Operations.Kind.CREATE,
        watcher,
        session,
        session.createDone(),
        call);
  }

  /** How Azure words these two is not known; an operation that fails is the likeliest form. */
  private CaptureSession.Failure failure(String target) {
    Inventory.VirtualMachine vm = inventory.virtualMachine(target).orElse(null);
    if (vm == null || (vm.isRunning() && vm.hasAgent())) {
      return null;
    }
    return vm.isRunning()
        ? new CaptureSession.Failure(
            "SimulatorAgentNotInstalled",
            "The virtual machine %s has no Network Watcher agent.".formatted(vm.id()),
            "AgentStopped")
        : new CaptureSession.Failure(
            "SimulatorVmNotRunning",
            "The virtual machine %s is not running.".formatted(vm.id()),
            "AgentStopped");
  }

  private Answer stop(Call call, Matcher path) {
    Watcher watcher = watcher(path);
    CaptureSession session = session(watcher, call, path);
    Instant done = session.stop(call.now());
    watcher.changed(call.now(), done);
    return operations.accept(Answer.empty(202), Operations.Kind.STOP, watcher, session, done, call);
  }

  private Answer delete(Call call, Matcher path) {
    Watcher watcher = watcher(path);
    CaptureSession session = watcher.session(Call.decode(path.group(4)), call.now()).orElse(null);
    if (session == null) {
      return Answer.empty(204);
    }
    Instant done = session.delete(call.now());
    watcher.changed(call.now(), done);
    return operations.accept(
        Answer.empty(202), Operations.Kind.DELETE, watcher, session, done, call);
  }

  private Answer queryStatus(Call call, Matcher path) {
    Watcher watcher = watcher(path);
    CaptureSession session = session(watcher, call, path);
    Instant now = call.now();
    if (session.settledAt(now)) {
      return Answer.json(200, session.statusAt(now));
    }
    return operations.accept(
        Answer.json(202, session.statusAt(now)),
        Operations.Kind.QUERY,
        watcher,
        session,
        now.plus(options.timings().query()),
        call);
  }

  private Watcher watcher(Matcher path) {
    String subscription = Call.decode(path.group(1));
    String group = Call.decode(path.group(2));
    String name = Call.decode(path.group(3));
    String id =
        "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/networkWatchers/%s"
            .formatted(subscription, group, name);
    return inventory
        .watcher(subscription, id)
        .map(this::stateOf)
        .orElseThrow(
            () -> ArmError.resourceNotFound("Microsoft.Network/networkWatchers", name, group));
  }

  private Watcher stateOf(Inventory.NetworkWatcher place) {
    return watchers.computeIfAbsent(place.id().toLowerCase(Locale.ROOT), id -> new Watcher(place));
  }

  private static CaptureSession session(Watcher watcher, Call call, Matcher path) {
    String name = Call.decode(path.group(4));
    return watcher
        .session(name, call.now())
        .orElseThrow(() -> ArmError.captureNotFound(id(watcher, name)));
  }

  private static String id(Watcher watcher, String name) {
    return watcher.place().id() + "/packetCaptures/" + name;
  }
}
