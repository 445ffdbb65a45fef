package dev.alertcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AppProcessTest {
  @TempDir Path folder;

  @Test
  void appHasItsFolderAsWorkingDirectoryAndOnlyTheGivenEnvironment() throws Exception {
    Path stage = SampleStage.in(folder).toRealPath();
    try (AppProcess app = AppProcess.start(stage, Map.of("SETTING", "given"))) {
      assertThat(get(app.uri().resolve("/api/surroundings")))
          .startsWith(stage + " ")
          .contains("SETTING=given")
          .doesNotContain("HOME=");
    }
  }

  @Test
  void closeEndsTheProcess() throws Exception {
    AppProcess app = AppProcess.start(SampleStage.in(folder), Map.of());
    app.close();
    assertThat(app.onExit().join().exitValue()).isZero();
  }

  @Test
  void killEndsTheProcessAtOnce() throws Exception {
    try (AppProcess app = AppProcess.start(SampleStage.in(folder), Map.of())) {
      app.kill();
      assertThat(app.onExit().join().exitValue()).isNotZero();
    }
  }

  @Test
  void failureOfTheAppIsInItsOutput() throws Exception {
    AppProcess app = AppProcess.start(SampleStage.in(folder), Map.of());
    try (app) {
      get(app.uri().resolve("/api/fail"));
    }
    assertThat(app.output()).anyMatch(line -> line.contains("not for the caller's eyes"));
  }

  @Test
  void startSaysWhyTheAppEnded() throws Exception {
    SampleStage.in(folder);
    Files.writeString(folder.resolve("sample.jar"), "no jar");
    assertThatThrownBy(() -> AppProcess.start(folder, Map.of()))
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("can't be loaded from the stage");
  }

  @Test
  void takenPortIsNamed() throws Exception {
    SampleStage.in(folder);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () -> AppProcess.start(folder, Map.of(), port, Duration.ofSeconds(1), line -> {}))
          .hasMessageContaining("Port " + port + " is taken");
    }
  }

  private static String get(URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
