package dev.alertcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alertcapture.traffic.Incident;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LocalRunTest {
  private static final URI SIMULATOR = URI.create("http://localhost:7072");
  private static final Map<String, URI> INBOX =
      Map.of("webhook", URI.create("http://localhost:9/webhook"));

  @Test
  void appIsLedToTheSimulatorAndTheInbox() {
    assertThat(LocalRun.environment(Map.of("PATH", "/bin"), SIMULATOR, INBOX))
        .containsEntry("PATH", "/bin")
        .containsEntry("AZURE_RESOURCE_MANAGER_ENDPOINT", "http://localhost:7072")
        .containsEntry("NOTIFY_WEBHOOK_URL", "http://localhost:9/webhook")
        .containsEntry("CAPTURE_STORE", "memory");
  }

  @Test
  void eachInboxIsItsChannelsUrl() {
    Map<String, URI> all =
        Map.of(
            "teams", URI.create("http://localhost:9/teams"),
            "slack", URI.create("http://localhost:9/slack"));
    assertThat(LocalRun.environment(Map.of(), SIMULATOR, all))
        .containsEntry("NOTIFY_TEAMS_URL", "http://localhost:9/teams")
        .containsEntry("NOTIFY_SLACK_URL", "http://localhost:9/slack")
        .doesNotContainKey("NOTIFY_WEBHOOK_URL");
  }

  @Test
  void settingOfTheUserWinsUnlessBlank() {
    Map<String, String> user = Map.of("NOTIFY_WEBHOOK_URL", "https://mine", "CAPTURE_STORE", " ");
    assertThat(LocalRun.environment(user, SIMULATOR, INBOX))
        .containsEntry("NOTIFY_WEBHOOK_URL", "https://mine")
        .containsEntry("CAPTURE_STORE", "memory");
  }

  @Test
  void optionsComeFromTheProperties() {
    Properties properties = new Properties();
    properties.setProperty("local.port", "8081");
    properties.setProperty("local.once", "true");
    LocalOptions options = LocalOptions.from(properties);
    assertThat(options.port()).isEqualTo(8081);
    assertThat(options.simPort()).isEqualTo(7072);
    assertThat(options.once()).isTrue();
    assertThat(options.sample()).isTrue();
    assertThat(options.inbox()).isFalse();
    assertThat(options.incident()).isEqualTo(Incident.BACKUP);
    properties.setProperty("local.incident", "cpu");
    assertThat(LocalOptions.from(properties).incident()).isEqualTo(Incident.CPU);
  }

  @Test
  void wrongOptionIsNamedWithWhatWouldBeRight() {
    assertThatThrownBy(() -> LocalOptions.from(with("local.port", "70000")))
        .hasMessageContaining("local.port=70000")
        .hasMessageContaining("65535");
    assertThatThrownBy(() -> LocalOptions.from(with("local.once", "yes")))
        .hasMessageContaining("local.once=yes")
        .hasMessageContaining("true or false");
    assertThatThrownBy(() -> LocalOptions.from(with("local.incident", "flood")))
        .hasMessageContaining("local.incident=flood")
        .hasMessageContaining("backup, checkout, cpu, over");
  }

  @Test
  void onceNeedsTheSample() {
    Properties properties = with("local.once", "true");
    properties.setProperty("local.sample", "false");
    assertThatThrownBy(() -> LocalOptions.from(properties)).hasMessageContaining("local.sample");
  }

  private static Properties with(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    return properties;
  }
}
