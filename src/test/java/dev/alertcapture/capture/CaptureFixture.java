package dev.alertcapture.capture;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture.Cause;
import dev.alertcapture.capture.Capture.Entry;
import dev.alertcapture.capture.Capture.Joins;
import dev.alertcapture.capture.Session.Ending;
import dev.alertcapture.capture.Session.Paths;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.options.OptionReader;
import dev.alertcapture.target.Scopes;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Captures for tests: one on {@code web-01} that entered its state at {@link #T0}, with what a
 * capture in that state usually has. A test says only what differs.
 */
public final class CaptureFixture {
  public static final Instant T0 = Instant.parse("2026-03-04T05:06:07Z");
  public static final Target VM = vm("web-01");
  public static final String WATCHER =
      "/subscriptions/s1/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network"
          + "/networkWatchers/NetworkWatcher_westus";

  /** Of whoever is at the step of a capture that is just accepted. */
  public static final String TOKEN = "claim";

  public static final String NAME = "alert-web-01-0123456789";
  public static final String URL = "https://pcapstore.blob.core.windows.net/packets/web-01.cap";
  public static final Paths PATHS = new Paths(URL, null);
  public static final Paths LOCAL = new Paths(null, "/var/captures/web-01.cap");
  public static final String OPERATION = "https://management.azure.com/operations/1?s=signed";
  public static final Duration LIMIT = Duration.ofSeconds(10);

  /** What an alert without options of its own gets. */
  public static final OptionReader.Read OPTIONS =
      new OptionReader.Read(policy().options(), List.of());

  /** All are in one region, and none is a machine of a flexible scale set. */
  public static final Targets TARGETS =
      new Targets() {
        @Override
        public String region(Target target, Deadline deadline) {
          return "westus";
        }

        @Override
        public boolean isMachine(Target named, Deadline deadline) {
          return false;
        }
      };

  private CaptureFixture() {}

  public static Target vm(String name) {
    return Target.parse(
            "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/"
                + name)
        .orElseThrow();
  }

  public static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  public static CapturePolicy policy() {
    return policy(10);
  }

  public static CapturePolicy policy(int limit) {
    return policy(limit, Duration.ofDays(30));
  }

  public static CapturePolicy policy(Duration historyRetention) {
    return policy(10, historyRetention);
  }

  private static CapturePolicy policy(int limit, Duration historyRetention) {
    return new CapturePolicy(
        Set.of(Alert.Kind.METRIC, Alert.Kind.LOG),
        Scopes.ALL,
        limit,
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        historyRetention,
        "alert-",
        new CaptureOptions(LIMIT, 0, 0, List.of()),
        false,
        List.of("webhook"),
        Set.of(CaptureState.RUNNING, CaptureState.COMPLETED, CaptureState.FAILED));
  }

  public static Alert.Details details(String key) {
    return new Alert.Details("common", key, "cpu-high", "Sev2", null, T0, null);
  }

  public static Alert fired(String key, Target... targets) {
    return new Alert(
        Alert.Kind.METRIC,
        Alert.State.FIRED,
        List.of(targets),
        List.of(),
        "westus",
        Map.of(),
        details(key));
  }

  public static Capture fresh(String id, Target target) {
    return new Capture(
        id,
        target,
        details("alert-1"),
        policy().options(),
        Joins.NONE,
        0,
        "westus",
        CaptureState.REQUESTED,
        T0,
        T0,
        Task.due(T0).claimed(TOKEN, T0.plusSeconds(60)),
        0,
        null,
        null,
        null,
        null,
        null,
        List.of(new Entry(T0, CaptureState.REQUESTED, "alert cpu-high fired")),
        List.of(),
        Map.of());
  }

  static Capture in(CaptureState state, Session session, Consumer<CaptureEdit> change) {
    CaptureEdit edit = fresh("0000000000000000000aa", VM).edit();
    edit.state = state;
    edit.session = session;
    change.accept(edit);
    return edit.done();
  }

  public static Session session(Phase phase) {
    return Session.named(NAME, WATCHER, phase, T0);
  }

  public static Session running() {
    return session(Phase.INTENDED).accepted(null, PATHS).running(T0);
  }

  public static Session ended(Paths paths, String errors) {
    return session(Phase.INTENDED)
        .accepted(null, paths)
        .running(T0)
        .ended(new Ending("TimeExceeded", errors));
  }

  static Capture requested(Consumer<CaptureEdit> change) {
    return in(CaptureState.REQUESTED, null, change);
  }

  public static Capture requested(Phase old) {
    return in(CaptureState.REQUESTED, Session.named(NAME, WATCHER, old, null), c -> {});
  }

  public static Capture starting(Phase phase) {
    return in(CaptureState.STARTING, session(phase), c -> {});
  }

  public static Capture following() {
    Session session = session(Phase.INTENDED).accepted(OPERATION, PATHS);
    return in(CaptureState.STARTING, session, c -> {});
  }

  public static Capture runningCapture() {
    return running(c -> {});
  }

  static Capture running(Consumer<CaptureEdit> change) {
    return in(CaptureState.RUNNING, running(), change);
  }

  public static Capture collecting(String errors) {
    return in(CaptureState.COLLECTING, ended(PATHS, errors), c -> {});
  }

  static Capture completed(Consumer<CaptureEdit> change) {
    return in(
        CaptureState.COMPLETED,
        ended(PATHS, null),
        c -> {
          c.file = CaptureFile.verified(URL, 24);
          change.accept(c);
        });
  }

  public static Capture failed() {
    return failed(c -> {});
  }

  static Capture failed(Consumer<CaptureEdit> change) {
    return in(
        CaptureState.FAILED,
        ended(PATHS, null),
        c -> {
          c.cause = new Cause(Reason.FILE_MISSING, URL);
          change.accept(c);
        });
  }
}
