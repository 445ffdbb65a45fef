package dev.alertcapture.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * What stands before the services: finds whose a request is and makes the checks that ARM makes for
 * all of them. Not safe for threads.
 */
final class AzureFront {
  private final Inventory inventory = Inventory.defaults();
  private final NetworkWatcherService captures;
  private final StorageService storage;
  private final List<Route> routes = new ArrayList<>();

  AzureFront(SimulatorOptions options) {
    if (options.inventory() != null) {
      inventory.merge(options.inventory());
    }
    captures = new NetworkWatcherService(inventory, options);
    storage = new StorageService(inventory, captures);
    routes.addAll(captures.routes());
    routes.addAll(new ComputeService(inventory).routes());
    routes.addAll(storage.routes());
  }

  Inventory inventory() {
    return inventory;
  }

  List<SimulatedSession> sessions(Instant now) {
    return captures.sessions(now);
  }

  int peakSessions(String watcherId) {
    return captures.peakSessions(watcherId);
  }

  Map<String, Integer> startedSessions(String watcherId) {
    return captures.startedSessions(watcherId);
  }

  Answer answer(Call call) {
    if (StorageService.owns(call.path())) {
      return storage.file(call);
    }
    try {
      return arm(call).asArm(call.method());
    } catch (ArmError e) {
      return e.answer().asArm(call.method());
    }
  }

  /** What a fault answers in place of the services, in the form of whose the request is. */
  static Answer fault(Fault fault, Call call) {
    String code = fault.code() == null ? "SimulatorFault" : fault.code();
    String message = "The simulator was asked for this fault.";
    Answer answer =
        StorageService.owns(call.path())
            ? StorageService.error(fault.status(), code, message)
            : ArmError.network(fault.status(), code, message).answer().asArm(call.method());
    return fault.retryAfter() == null
        ? answer
        : answer.with("Retry-After", Integer.toString(fault.retryAfter()));
  }

  private Answer arm(Call call) {
    if (!call.hasBearerToken()) {
      return ArmError.frontEnd(
              401,
              "AuthenticationFailed",
              "Authentication failed. The 'Authorization' header is missing.")
          .answer()
          .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    if (call.parameter("api-version").isEmpty()) {
      throw ArmError.frontEnd(
          400,
          "MissingApiVersionParameter",
          "The api-version query parameter (?api-version=) is required for all requests.");
    }
    boolean pathIsKnown = false;
    for (Route route : routes) {
      Matcher path = route.path().matcher(call.path());
      if (path.matches()) {
        pathIsKnown = true;
        if (route.method().equals(call.method())) {
          return route.handler().answer(call, path);
        }
      }
    }
    throw ArmError.frontEnd(
        pathIsKnown ? 405 : 404, "SimulatorNotSupported", "The simulator has no such call.");
  }
}
