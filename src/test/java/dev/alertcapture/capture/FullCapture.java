package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.OPERATION;
import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.URL;
import static dev.alertcapture.capture.CaptureFixture.WATCHER;
import static dev.alertcapture.capture.CaptureFixture.at;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture.Cause;
import dev.alertcapture.capture.Capture.Entry;
import dev.alertcapture.capture.Capture.Joins;
import dev.alertcapture.capture.Capture.Stop;
import dev.alertcapture.capture.Session.Ending;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.options.CaptureOptions.Filter;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A capture with something in every field. */
public final class FullCapture {
  private FullCapture() {}

  public static Capture full() {
    Alert.Details alert =
        new Alert.Details(
                "common",
                "alert-1",
                "cpu \"high\" \u20ac",
                "Sev2",
                "line 1\nline 2",
                T0.plusNanos(123_456_700),
                null)
            .measuring(
                List.of(
                    new Alert.Condition(
                        "Percentage CPU",
                        "GreaterThan",
                        "80",
                        "97.5",
                        "Average",
                        Duration.ofMinutes(5),
                        "Percent"),
                    new Alert.Condition("Network Out Total", null, null, "9", null, null, null)));
    return new Capture(
        "0000000000000000000aa",
        Target.parse(
                "/subscriptions/s1/resourceGroups/RG/providers/Microsoft.Compute"
                    + "/virtualMachineScaleSets/web/virtualMachines/2")
            .orElseThrow(),
        alert,
        new CaptureOptions(
            Duration.ofSeconds(10),
            34,
            4294967295L,
            List.of(new Filter("TCP", "10.0.0.4", "80;443", "1.1.1.1-1.1.1.9", "1-1023"))),
        new Joins(12, List.of(alert)),
        3,
        "westus",
        CaptureState.FAILED,
        T0,
        at(1),
        Task.due(at(2)).claimed("token", at(3)),
        4,
        "Azure says Running",
        new Session(
            "alert-web-2-0123456789",
            WATCHER,
            Phase.ACCEPTED,
            OPERATION,
            at(4),
            at(5),
            new Session.Paths(URL, "/var/captures/a.cap"),
            new Ending("TimeExceeded", "AgentStopped")),
        new Stop("a person", at(6), at(7)),
        new Cause(Reason.SESSION_FAILED, "AgentStopped"),
        new CaptureFile(
            CaptureFile.Status.UNVERIFIED, URL, -1, "403", List.of(new CaptureFile.Part(URL, 24))),
        List.of(new Entry(T0, CaptureState.REQUESTED, "fired")),
        List.of(
            new Notification(
                "webhook",
                CaptureState.FAILED,
                Notification.Status.PENDING,
                2,
                at(8),
                at(9),
                "answered 503",
                new Task.Claim("other", at(10)),
                Map.of())),
        Map.of("later", "a later version wrote it"));
  }
}
