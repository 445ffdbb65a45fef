package dev.alertcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalHostStartTest {
  @Test
  void injectorDecidesOnInstances(@TempDir Path other) throws Exception {
    try (LocalHost injected =
        LocalHost.start(SampleStage.withInjectorIn(other), 0, Duration.ofHours(1))) {
      URI instance = injected.uri().resolve("/api/instance");
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest request = HttpRequest.newBuilder(instance).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .isEqualTo("injected, call 1");
      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .isEqualTo("injected, call 2");
    }
  }

  @Test
  void folderWithoutAppIsRefusedWithAReason(@TempDir Path empty) {
    assertThatThrownBy(() -> LocalHost.start(empty, 0, Duration.ofHours(1)))
        .hasMessageContaining("not a staged app")
        .hasMessageContaining("mvn package");
  }

  @Test
  void functionThatLacksAClassIsRefusedByName(@TempDir Path broken) throws Exception {
    SampleStage.in(broken);
    Path definition = broken.resolve("Echo").resolve("function.json");
    Files.writeString(
        definition, Files.readString(definition).replace("SampleFunctions", "Missing"));
    assertThatThrownBy(() -> LocalHost.start(broken, 0, Duration.ofHours(1)))
        .hasMessageContaining("Function Echo")
        .hasMessageContaining("Missing");
  }
}
