package dev.alertcapture;

import static dev.alertcapture.World.idOf;
import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.simulator.Fault;
import org.junit.jupiter.api.Test;

/** Sessions that go away, and files that do not come or may not be looked at. */
class LostFilesTest extends RefusalsFixture {
  @Test
  void sessionThatSomebodyDeletesStillLeavesItsFile() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT1H");
    String id = idOf(world.alert(vm("web-01")));
    world.tick();
    String session = world.capture(id).session().name();
    world.arm("DELETE", World.WATCHER + "/packetCaptures/" + session, "");

    Capture c = world.end(id);

    assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(c.session().ending().stopReason()).isEqualTo("deleted by somebody else");
    assertThat(c.file().bytes()).isPositive();
  }

  @Test
  void sessionThatSomebodyDeletesBeforeThereIsAFileIsLost() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT1H");
    world.azure.addFault(Fault.answering("HEAD", FILE, 404, "BlobNotFound"));
    String id = idOf(world.alert(vm("web-01")));
    world.tick();
    String session = world.capture(id).session().name();
    world.arm("DELETE", World.WATCHER + "/packetCaptures/" + session, "");

    assertThat(world.end(id).cause().reason()).isEqualTo(Reason.SESSION_LOST);
  }

  @Test
  void fileThatNeverComesFails() {
    world.azure.addFault(Fault.answering("HEAD", FILE, 404, "BlobNotFound"));

    Capture c = captureOn("web-01");

    assertThat(c.cause().reason()).isEqualTo(Reason.FILE_MISSING);
    assertThat(remedyOf(c)).contains("port 443", "access by key");
    assertThat(asked("HEAD .*")).isLessThan(50);
    world.tickUntil(() -> world.azure.sessions().isEmpty());
  }

  @Test
  void fileThatMayNotBeLookedAtCompletesUnverified() {
    world.azure.addFault(Fault.answering("HEAD", FILE, 403, "AuthorizationPermissionMismatch"));

    Capture c = captureOn("web-01");

    assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(c.file().status()).isEqualTo(CaptureFile.Status.UNVERIFIED);
    assertThat(c.file().detail())
        .contains("containers/blobs/read", "AuthorizationPermissionMismatch");
    assertThat(asked("HEAD .*")).isOne();
  }
}
