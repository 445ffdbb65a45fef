package dev.alertcapture.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.microsoft.azure.functions.HttpRequestMessage;
import java.net.URI;
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
    assertThat(HttpAnswers.statusUrl(request, "0123456789abcdefghjkm"))
        .isEqualTo(root + "/api/captures/0123456789abcdefghjkm");
  }
}
