package dev.alertcapture.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import dev.alertcapture.App;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.alert.CallerRule.Verdict;
import dev.alertcapture.alert.NotAnAlert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureView;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.health.Check;
import dev.alertcapture.options.OptionReader;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Ignored;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Taken;
import dev.alertcapture.orchestrator.Deliveries;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.target.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;

/** From a body that asks for captures to the answer, whether an alert posts it or a person. */
final class AlertAnswers {
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 1024 * 1024;

  private final Apps apps;
  private final Gate gate;
  private final Reader reader;

  /** Judges a caller. */
  interface Gate {
    Verdict judge(App app, HttpRequestMessage<?> request);
  }

  /** Reads a body. */
  interface Reader {
    Alert read(App app, String body) throws NotAnAlert;
  }

  AlertAnswers(Apps apps, Gate gate, Reader reader) {
    this.apps = apps;
    this.gate = gate;
    this.reader = reader;
  }

  HttpResponseMessage answer(HttpRequestMessage<?> request, String body, ExecutionContext context)
      throws InterruptedException {
    // A character takes one byte at least, so a huge body is told without being encoded.
    if (body.length() > MAX_BYTES || body.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return HttpAnswers.problem(
          request,
          HttpStatus.PAYLOAD_TOO_LARGE,
          "Too large",
          "The body has more than 1 MiB; Azure Monitor's alerts have at most 256 KiB.");
    }
    return HttpAnswers.of(
        request,
        context,
        apps,
        app -> {
          Verdict verdict = gate.judge(app, request);
          if (verdict != Verdict.ALLOWED) {
            return refused(request, verdict, context);
          }
          try {
            return DryRun.isAskedFor(request)
                ? dryRun(request, app, reader.read(app, body), context)
                : begin(request, app, body, context);
          } catch (NotAnAlert e) {
            return HttpAnswers.problem(
                request, HttpStatus.BAD_REQUEST, "Not understood", e.getMessage());
          }
        });
  }

  // Azure Monitor tries neither of these again.
  private static HttpResponseMessage refused(
      HttpRequestMessage<?> request, Verdict verdict, ExecutionContext context) {
    boolean unknown = verdict == Verdict.UNKNOWN;
    String detail =
        unknown
            ? "Alerts are taken from a secure webhook only: send a token of Entra ID."
            : "The token is not that of ALERT_CALLER_ID with the role ALERT_CALLER_ROLE.";
    context.getLogger().log(Level.WARNING, "refused an alert''s caller: {0}", detail);
    return unknown
        ? HttpAnswers.problem(request, HttpStatus.UNAUTHORIZED, "Not signed in", detail)
        : HttpAnswers.problem(request, HttpStatus.FORBIDDEN, "Not allowed", detail);
  }

  private HttpResponseMessage begin(
      HttpRequestMessage<?> request, App app, String body, ExecutionContext context)
      throws NotAnAlert, InterruptedException {
    Deliveries deliveries = app.deliveries();
    try {
      Alert alert = reader.read(app, body);
      Invocation call = app.call(RESPONSE_TIMEOUT, context.getLogger());
      Answer answer = app.orchestrator().answer(alert, call);
      onRecord(context, () -> deliveries.add(alert, answer));
      app.reconciler().standIn(call);
      return answer(request, answer);
    } catch (NotAnAlert e) {
      onRecord(context, () -> deliveries.addRefused(e.getMessage()));
      throw e;
    }
  }

  // A delivery that is not on this list is no reason to have it sent again.
  private static void onRecord(ExecutionContext context, Runnable add) {
    try {
      add.run();
    } catch (StoreException e) {
      context.getLogger().log(Level.WARNING, "not on the list of deliveries", e);
    }
  }

  private static HttpResponseMessage answer(HttpRequestMessage<?> request, Answer answer) {
    if (!answer.lost().isEmpty()) {
      return HttpAnswers.problem(
          request,
          HttpStatus.SERVICE_UNAVAILABLE,
          "Not on record",
          "The store did not take "
              + answer.lost().size()
              + " of the targets; send it again, what was taken joins.");
    }
    ObjectNode body = HttpAnswers.object();
    if (answer.captures().isEmpty()) {
      body.put("outcome", "ignored");
      body.put("reason", answer.ignored().get(0).reason());
    } else {
      ArrayNode captures = body.putArray("captures");
      answer.captures().forEach(taken -> put(captures.addObject(), request, taken));
    }
    ArrayNode ignored = body.putArray("ignored");
    for (Ignored each : answer.ignored()) {
      ignored.addObject().put("target", each.target()).put("reason", each.reason());
    }
    return HttpAnswers.json(
        request, answer.captures().isEmpty() ? HttpStatus.OK : HttpStatus.ACCEPTED, body);
  }

  private static void put(ObjectNode out, HttpRequestMessage<?> request, Taken taken) {
    out.put("id", taken.id());
    out.put("target", taken.target().id());
    Capture c = taken.capture();
    if (c != null) {
      out.put("state", c.state().name());
    }
    if (c != null && c.session() != null) {
      out.put("session", c.session().name());
    }
    if (c != null && c.cause() != null) {
      out.set("reason", CaptureView.reason(c));
    }
    out.put("joined", taken.joined());
    out.put("statusUrl", HttpAnswers.statusUrl(request, taken.id()));
  }

  /** The checks of what would be started; nothing is, and nothing is put on record. */
  private static HttpResponseMessage dryRun(
      HttpRequestMessage<?> request, App app, Alert alert, ExecutionContext context) {
    List<Check> all = new ArrayList<>();
    ObjectNode body = HttpAnswers.object().put("dryRun", true);
    app.orchestrator().whyNot(alert).ifPresent(why -> body.put("ignored", why));
    ArrayNode unused = JsonNodeFactory.instance.arrayNode();
    for (OptionReader.Problem problem : app.orchestrator().options(alert).problems()) {
      unused.add(problem.inWords("capture."));
    }
    if (!unused.isEmpty()) {
      body.set("optionsNotUsed", unused);
    }
    ArrayNode targets = body.putArray("targets");
    Deadline deadline = app.call(RESPONSE_TIMEOUT, context.getLogger()).deadline();
    for (Target target : alert.targets()) {
      Optional<String> whyNot = app.orchestrator().whyNot(target);
      if (whyNot.isPresent()) {
        targets.addObject().put("target", target.id()).put("ignored", whyNot.get());
        continue;
      }
      Target meant = app.orchestrator().meant(alert, target, deadline);
      List<Check> checks = app.health().checks(meant, deadline);
      ObjectNode each = targets.addObject().put("target", meant.id());
      HttpAnswers.put(each, checks);
      all.addAll(checks);
    }
    body.put("ok", all.stream().allMatch(Check::ok));
    return HttpAnswers.json(request, HttpStatus.OK, body);
  }
}
