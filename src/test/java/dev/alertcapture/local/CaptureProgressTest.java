package dev.alertcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CaptureProgressTest {
  private static final Instant SENT = Instant.parse("2026-03-01T03:00:00Z");

  private final CaptureProgress progress = new CaptureProgress(SENT);

  @Test
  void eachStepIsToldOnceWithItsTime() throws Exception {
    String requested =
        "{'at':'2026-03-01T03:00:00.250Z','state':'REQUESTED','note':'alert accepted'}";
    String starting = "{'at':'2026-03-01T03:00:01.5Z','state':'STARTING'}";

    assertThat(progress.news(json("{'state':'REQUESTED','history':[" + requested + "]}"), SENT))
        .containsExactly("   0.3 s  REQUESTED  alert accepted");
    assertThat(
            progress.news(
                json("{'state':'STARTING','history':[" + requested + "," + starting + "]}"), SENT))
        .containsExactly("   1.5 s  STARTING");
    assertThat(
            progress.news(
                json("{'state':'STARTING','history':[" + requested + "," + starting + "]}"), SENT))
        .isEmpty();
  }

  @Test
  void endSaysOnceWhereTheFileIs() throws Exception {
    JsonNode completed =
        json(
            "{'state':'COMPLETED','file':{'status':'verified','path':'https://a/b.cap','bytes':340}}");

    assertThat(progress.news(completed, SENT.plusSeconds(12)))
        .containsExactly("  12.0 s  file       https://a/b.cap (340 bytes, verified)");
    assertThat(progress.news(completed, SENT.plusSeconds(13))).isEmpty();
  }

  @Test
  void failureSaysWhyAndWhatHelps() throws Exception {
    JsonNode failed =
        json("{'state':'FAILED','reason':{'code':'X','message':'no agent','remedy':'install it'}}");

    assertThat(progress.news(failed, SENT))
        .containsExactly("   0.0 s  reason     no agent", "   0.0 s  remedy     install it");
  }

  @Test
  void answerThatIsNoCaptureSaysNothing() throws Exception {
    assertThat(progress.news(json("{}"), SENT)).isEmpty();
  }

  @Test
  void notifiedMeansEveryChannelWasTold() throws Exception {
    assertThat(
            CaptureProgress.isNotified(
                json("{'notifications':[{'status':'SENT'},{'status':'SENT'}]}")))
        .isTrue();
    assertThat(
            CaptureProgress.isNotified(
                json("{'notifications':[{'status':'SENT'},{'status':'PENDING'}]}")))
        .isFalse();
    assertThat(CaptureProgress.isNotified(json("{'notifications':[]}"))).isFalse();
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
