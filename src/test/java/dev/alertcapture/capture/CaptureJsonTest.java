package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.OPERATION;
import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.URL;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.WATCHER;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture.Cause;
import dev.alertcapture.capture.Capture.Entry;
import dev.alertcapture.capture.Capture.Joins;
import dev.alertcapture.capture.Capture.Stop;
import dev.alertcapture.capture.CaptureOptions.Filter;
import dev.alertcapture.capture.Session.Ending;
import dev.alertcapture.capture.Session.Phase;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureJsonTest {

  /** A capture with something in every field. */
  static Capture full() {
    Alert.Details alert =
        new Alert.Details(
            "common",
            "alert-1",
            "cpu \"high\" \u20ac",
            "Sev2",
            "line 1\nline 2",
            T0.plusNanos(123_456_700),
            new Alert.Condition("Percentage CPU", "GreaterThan", "80", "97.5"));
    return new Capture(
        "0000000000000000000aa",
        Target.of(
            "/subscriptions/s1/resourceGroups/RG/providers/Microsoft.Compute"
                + "/virtualMachineScaleSets/web/virtualMachines/2"),
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
        at(2),
        at(3),
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
                "answered 503")));
  }

  @Test
  void aCaptureWithEverythingIsReadAsItWasWritten() throws ReflectiveOperationException {
    for (RecordComponent field : Capture.class.getRecordComponents()) {
      assertThat(field.getAccessor().invoke(full())).as(field.getName()).isNotNull();
    }
    Capture read = RowJson.read(RowJson.write(full()), Capture.class);
    assertThat(read).isEqualTo(full());
    // Targets are equal in any letter case; this one must keep its own.
    assertThat(read.target().id()).isEqualTo(full().target().id());
  }

  @Test
  void aCaptureWithLittleIsReadAsItWasWritten() {
    Capture little = fresh("0000000000000000000aa", VM);
    assertThat(RowJson.read(RowJson.write(little), Capture.class)).isEqualTo(little);
  }

  @Test
  void aTargetsRecordIsReadAsItWasWritten() {
    TargetRecord record =
        new TargetRecord(
            "a",
            at(1),
            2,
            List.of(new TargetRecord.Answered("k", "a", T0, true)),
            "westus",
            "z",
            "b",
            at(3));
    assertThat(RowJson.read(RowJson.write(record), TargetRecord.class)).isEqualTo(record);
  }

  @Test
  void whatALaterVersionAddsIsNoObstacle() {
    String json = RowJson.write(full()).replaceFirst("\\{", "{\"new\":{\"a\":1},");
    assertThat(RowJson.read(json, Capture.class)).isEqualTo(full());
  }

  @Test
  void peopleNeverSeeTheSignedUrl() {
    assertThat(RowJson.write(full())).contains("s=signed");
    assertThat(CaptureView.of(full()).toString()).doesNotContain("operation", "signed");
  }

  @Test
  void peopleSeeWhatHappenedAndWhatToDo() {
    JsonNode view = CaptureView.of(full());
    assertThat(view.at("/state").asText()).isEqualTo("FAILED");
    assertThat(view.at("/target").asText()).isEqualTo(full().target().id());
    assertThat(view.at("/since").asText()).isEqualTo("2026-03-04T05:06:08Z");
    assertThat(view.at("/options/timeLimit").asText()).isEqualTo("PT10S");
    assertThat(view.at("/joined/count").asInt()).isEqualTo(12);
    assertThat(view.at("/heldBack").asInt()).isEqualTo(3);
    assertThat(view.at("/session/ending/errors").asText()).isEqualTo("AgentStopped");
    assertThat(view.at("/reason/code").asText()).isEqualTo("SESSION_FAILED");
    assertThat(view.at("/reason/remedy").asText()).isEqualTo(Reason.SESSION_FAILED.remedy());
    assertThat(view.at("/reason/detail").asText()).isEqualTo("AgentStopped");
    assertThat(view.at("/file/path").asText()).isEqualTo(URL);
    assertThat(view.at("/notifications/0/detail").asText()).isEqualTo("answered 503");
  }

  @Test
  void aRemedyNamesTheTargetAndItsRegion() {
    assertThat(Reason.NO_WATCHER.remedy(VM, "WestUS")).contains("--locations westus ");
    assertThat(Reason.NO_WATCHER.remedy(VM, null)).contains("--locations REGION ");
    // A shell reads the parentheses that a resource group's name may have.
    Target odd =
        Target.parse(VM.id().replaceFirst("(resourceGroups/[^/]+)", "$1(1)")).orElseThrow();
    assertThat(Reason.START_FAILED.remedy(odd, "westus"))
        .contains("az vm start --ids '" + odd.id() + "'.")
        .endsWith("--ids '" + odd.id() + "'");
  }
}
