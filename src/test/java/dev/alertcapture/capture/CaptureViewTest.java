package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.URL;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.FullCapture.full;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.capture.Reason.About;
import dev.alertcapture.target.Target;
import org.junit.jupiter.api.Test;

class CaptureViewTest {

  @Test
  void peopleNeverSeeTheSignedUrl() {
    assertThat(full().session().operationUrl()).contains("s=signed");
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
    assertThat(Reason.NO_WATCHER.remedy(About.of(VM, "WestUS"))).contains("--locations westus ");
    assertThat(Reason.NO_WATCHER.remedy(About.of(VM, null))).contains("--locations REGION ");
    // A shell reads the parentheses that a resource group's name may have.
    Target odd =
        Target.parse(VM.id().replaceFirst("(resourceGroups/[^/]+)", "$1(1)")).orElseThrow();
    assertThat(Reason.START_FAILED.remedy(About.of(odd, "westus")))
        .contains("az vm start --ids '" + odd.id() + "'.")
        .endsWith("--ids '" + odd.id() + "'");
  }
}
