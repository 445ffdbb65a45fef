package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;

/**
 * The long-running operations of Microsoft.Network and their two URLs (docs/design/azure.md,
 * "Operations"). Not safe for threads.
 */
final class Operations {
  private static final String BASE = "/subscriptions/*/providers/Microsoft\\.Network/locations/*/";
  private static final int MAX_KEPT = 20_000;

  private final String retryAfter;
  private final Signer signer = new Signer();
  private final Map<String, Operation> operations =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Operation> eldest) {
          return size() > MAX_KEPT;
        }
      };

  /** What kind of work an operation is, which decides about its headers and its result. */
  enum Kind {
    /** Azure-AsyncOperation only; may fail. */
    CREATE,
    /** Both URLs; the result is the four characters {@code null}. */
    STOP,
    /** Both URLs; the result is 204. */
    DELETE,
    /** Location only; the result is the status as of the operation's end. */
    QUERY
  }

  private record Operation(
      String id,
      Kind kind,
      Inventory.NetworkWatcher watcher,
      CaptureSession session,
      Instant done,
      String apiVersion) {}

  /**
   * @param retryAfter what an operation's answers ask for while it runs
   */
  Operations(Duration retryAfter) {
    this.retryAfter = Long.toString(retryAfter.toSeconds());
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", BASE + "operations/*", this::poll),
        Route.of("GET", BASE + "operationResults/*", this::result));
  }

  /** Puts a new operation's id and headers on the answer that accepts it. */
  Answer accept(
      Answer answer, Kind kind, Watcher watcher, CaptureSession session, Instant done, Call call) {
    String id = UUID.randomUUID().toString();
    String apiVersion = call.parameter("api-version").orElseThrow();
    Operation operation = new Operation(id, kind, watcher.place(), session, done, apiVersion);
    operations.put(id, operation);
    if (kind == Kind.QUERY) {
      session.queriedBy(id);
    }
    return withUrls(answer, operation, call)
        .with("Retry-After", retryAfter)
        .with("x-ms-request-id", id);
  }

  private Answer poll(Call call, Matcher path) {
    Operation operation = find(call, path);
    if (call.now().isBefore(operation.done)) {
      return Answer.json(200, Json.object().put("status", "InProgress"))
          .with("Retry-After", retryAfter);
    }
    CaptureSession.Failure failure =
        operation.kind == Kind.CREATE ? operation.session.failure() : null;
    if (failure != null) {
      ObjectNode body = Json.object().put("status", "Failed");
      body.putObject("error")
          .put("code", failure.code())
          .put("message", failure.message())
          .putArray("details");
      return Answer.json(200, body);
    }
    ObjectNode body = Json.object().put("status", "Succeeded");
    if (operation.kind == Kind.STOP) {
      body.putObject("properties");
    }
    return Answer.json(200, body);
  }

  private Answer result(Call call, Matcher path) {
    Operation operation = find(call, path);
    if (call.now().isBefore(operation.done)) {
      return withUrls(Answer.empty(202), operation, call).with("Retry-After", retryAfter);
    }
    Answer answer =
        switch (operation.kind) {
          case CREATE, DELETE -> Answer.empty(204);
          case STOP -> json(NullNode.getInstance());
          case QUERY -> json(operation.session.statusAt(operation.done));
        };
    return withUrls(answer, operation, call);
  }

  private Operation find(Call call, Matcher path) {
    if (!signer.verify(call)) {
      throw ArmError.frontEnd(
          400,
          "SimulatorInvalidOperationSignature",
          "An operation's URL must come back exactly as it was given.");
    }
    Operation operation = operations.get(path.group(3).toLowerCase(Locale.ROOT));
    if (operation == null) {
      throw ArmError.frontEnd(
          404, "SimulatorOperationNotFound", "The operation is no longer remembered.");
    }
    return operation;
  }

  private Answer withUrls(Answer answer, Operation operation, Call call) {
    if (operation.kind != Kind.QUERY) {
      answer
          .with("Azure-AsyncNotification", "Enabled")
          .with("Azure-AsyncOperation", url(operation, "operations", call));
    }
    if (operation.kind != Kind.CREATE) {
      answer.with("Location", url(operation, "operationResults", call));
    }
    return answer;
  }

  private String url(Operation operation, String collection, Call call) {
    String path =
        "/subscriptions/%s/providers/Microsoft.Network/locations/%s/%s/%s"
            .formatted(
                operation.watcher.subscription(),
                operation.watcher.location(),
                collection,
                operation.id);
    return "http://"
        + call.authority()
        + path
        + "?"
        + signer.sign(path, operation.apiVersion, call.now());
  }

  private static Answer json(JsonNode body) {
    return Answer.json(200, body);
  }
}
