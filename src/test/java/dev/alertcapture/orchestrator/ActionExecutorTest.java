package dev.alertcapture.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Action;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureDraft;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Session;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Where files of scale sets are looked for. */
class ActionExecutorTest {
  private static final String SET =
      "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web";
  private static final String FOLDER =
      "https://a.blob.core.windows.net/network-watcher-logs"
          + SET.toLowerCase(java.util.Locale.ROOT);

  private final List<String> looked = new ArrayList<>();

  /** Where the files are, and in which places they were looked for. */
  private Observation look(String target, String answered, String there) {
    Files files =
        new Files() {
          @Override
          public OptionalLong size(String path, Deadline deadline) {
            throw new AssertionError("not of a set: " + path);
          }

          @Override
          public List<CaptureFile.Part> beside(String path, Deadline deadline) {
            looked.add(path);
            return path.equals(there) ? List.of(new CaptureFile.Part(path, 24)) : List.of();
          }
        };
    ActionExecutor executor =
        new ActionExecutor(
            new Engine.Ports(CaptureFixture.TARGETS, null, files),
            new Destinations(Map.of(), null),
            time -> {});
    Session session =
        new Session(
            "alert-web",
            "/w",
            Session.Phase.ACCEPTED,
            null,
            null,
            null,
            new Session.Paths(answered, null),
            new Session.Ending("TimeExceeded", null));
    Capture c =
        CaptureDraft.of(
                CaptureFixture.fresh("0000000000000000000aa", Target.parse(target).orElseThrow()))
            .state(CaptureState.COLLECTING)
            .session(session)
            .done();
    return executor.act(
        new Action.LookAtFile(), c, Deadline.in(Duration.ofSeconds(5), System::nanoTime));
  }

  @Test
  void anInstancesFileIsAlsoLookedForBelowThatInstance() {
    String answered = FOLDER + "/2026/03/04/packetCapture_05_06_07_123";
    String below = FOLDER + "/virtualMachines/2/2026/03/04/packetCapture_05_06_07_123";

    assertThat(look(SET + "/virtualMachines/2", answered, below))
        .isEqualTo(new Observation.FilesFound(List.of(new CaptureFile.Part(below, 24))));
    assertThat(looked).containsExactly(answered, below);
  }

  @Test
  void aFileAtThePathThatWasAnsweredIsLookedForNowhereElse() {
    String answered = FOLDER + "/2026/03/04/packetCapture_05_06_07_123";
    look(SET + "/virtualMachines/2", answered, answered);
    look(SET, answered, "");
    String below = FOLDER + "/virtualMachines/2/2026/03/04/packetCapture_05_06_07_123.cap";
    look(SET + "/virtualMachines/2", below, "");
    String ours = "https://a.blob.core.windows.net/packets/alert-web-050607.cap";
    look(SET + "/virtualMachines/2", ours, "");

    assertThat(looked).containsExactly(answered, answered, below, ours);
  }
}
