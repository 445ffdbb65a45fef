package dev.alertcapture.news;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Capture.Cause;
import dev.alertcapture.capture.Capture.Entry;
import dev.alertcapture.capture.Capture.Joins;
import dev.alertcapture.capture.Capture.Stop;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureFile.Status;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Task;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A capture to tell of: on {@code web-01}, completed, with a file. A test says what differs. */
public final class Story {
  public static final Instant T0 = Instant.parse("2026-03-04T02:00:00Z");
  public static final String GROUP = "/subscriptions/s1/resourceGroups/shop/providers/";
  public static final String ACCOUNT = GROUP + "Microsoft.Storage/storageAccounts/pcapstore";
  public static final String ROOT = "https://pcapstore.blob.core.windows.net/";
  public static final String SITE = "https://shop.azurewebsites.net";
  public static final SummaryWriter WRITER =
      new SummaryWriter(
          new FileLocator("https://portal.azure.com", null, Map.of(ROOT, ACCOUNT)), SITE);

  public CaptureState state = CaptureState.COMPLETED;
  public Target target =
      Target.parse(GROUP + "Microsoft.Compute/virtualMachines/web-01").orElseThrow();
  public Alert.Details alert =
      new Alert.Details(
          "common",
          "alert-1",
          "Slow checkout",
          "Sev2",
          null,
          T0.minusSeconds(60),
          new Alert.Condition(
              "Percentage CPU",
              "GreaterThan",
              "80",
              "93.5",
              "Average",
              Duration.ofMinutes(5),
              null));
  public CaptureOptions options =
      new CaptureOptions(Duration.ofSeconds(10), 0, 1073741824, List.of());
  public int joined;
  public int heldBack;
  public Session.Ending ending = new Session.Ending("TimeExceeded", null);
  public Session.Phase phase = Session.Phase.ACCEPTED;
  public Stop stop;
  public Cause cause;
  public CaptureFile file =
      new CaptureFile(Status.VERIFIED, ROOT + "packets/2026/web-01.cap", 52_428, null, List.of());

  public static Story completed() {
    return new Story();
  }

  /** One that ended for a reason, as far as that lets it come. */
  public static Story ended(Reason reason, String detail) {
    Story story = new Story();
    boolean rejected =
        reason == Reason.LIMIT_REACHED || reason == Reason.UNAVAILABLE || reason == Reason.STOPPED;
    story.state = rejected ? CaptureState.REJECTED : CaptureState.FAILED;
    story.cause = new Cause(reason, detail);
    story.file = null;
    story.ending =
        switch (reason) {
          case SESSION_FAILED -> new Session.Ending(null, "StorageFailed");
          case FILE_MISSING -> new Session.Ending("TimeExceeded", null);
          default -> null;
        };
    return story;
  }

  public Story sized(long bytes) {
    file = new CaptureFile(Status.VERIFIED, file.path(), bytes, null, List.of());
    return this;
  }

  public Story rule(String rule) {
    alert =
        new Alert.Details(
            alert.schema(),
            alert.key(),
            rule,
            alert.severity(),
            alert.description(),
            alert.firedAt(),
            alert.condition());
    return this;
  }

  public Capture told() {
    Session session =
        new Session(
            "alert-web-01-0123456789",
            "/watcher",
            phase,
            "https://arm.example/operations?t=hunter2",
            T0,
            T0.plusSeconds(2),
            new Session.Paths(file == null ? null : file.path(), null),
            ending);
    Instant end = T0.plusSeconds(16);
    return new Capture(
        "0123456789abcdefghjkm",
        target,
        alert,
        options,
        new Joins(joined, List.of()),
        heldBack,
        "westus",
        state,
        T0,
        end,
        Task.due(end),
        0,
        null,
        session,
        stop,
        cause,
        file,
        List.of(
            new Entry(T0, CaptureState.REQUESTED, "fired"),
            new Entry(T0.plusSeconds(2), CaptureState.RUNNING, "runs"),
            new Entry(T0.plusSeconds(14), CaptureState.COLLECTING, "ended"),
            new Entry(end, state, "done")),
        List.of(),
        Map.of());
  }

  public Summary news() {
    return WRITER.news(told(), state);
  }
}
