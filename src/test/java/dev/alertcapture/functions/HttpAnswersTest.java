package dev.alertcapture.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.microsoft.azure.functions.HttpRequestMessage;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpAnswersTest {
  @ParameterizedTest
  @CsvSource({
    "https://shop.example/api/alerts?code=hunter2, https://shop.example",
    "https://shop.example/api/captures/../x?a=b#hunter2, https://shop.example",
    "http://localhost:7071/api/captures, http://localhost:7071",
    "http://[::1]:7071/api/alerts, http://[::1]:7071",
    "https://me:hunter2@shop.example:8443/api/alerts, https://shop.example:8443"
  })
  void aStatusUrlHoldsNothingOfTheCallersKey(URI asked, String root) {
    HttpRequestMessage<?> request = mock();
    when(request.getUri()).thenReturn(asked);
    assertThat(HttpAnswers.statusUrl(request, capture("0123456789abcdefghjkm")))
        .isEqualTo(root + "/api/captures/0123456789abcdefghjkm");
  }

  private static Capture capture(String id) {
    Instant now = Instant.EPOCH;
    return new Capture(
        id,
        Target.parse(
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v")
            .orElseThrow(),
        new Alert.Details("common", null, "rule", null, null, null, null),
        new CaptureOptions(Duration.ofSeconds(10), 0, 0, List.of()),
        new Capture.Joins(0, List.of()),
        0,
        null,
        CaptureState.REQUESTED,
        now,
        now,
        now,
        now,
        0,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of());
  }
}
