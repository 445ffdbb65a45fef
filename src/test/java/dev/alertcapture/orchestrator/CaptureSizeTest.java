package dev.alertcapture.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.alert.AlertReader;
import dev.alertcapture.alert.NotAnAlert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.store.CaptureStore;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever comes, a capture fits its row. */
class CaptureSizeTest {

  /** An alert of about 1 MiB, each text as long as can be. */
  private static Alert huge() throws NotAnAlert {
    String text = "\u00e4".repeat(250_000);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaId", "azureMonitorCommonAlertSchema");
    ObjectNode essentials = root.putObject("data").putObject("essentials");
    essentials.put("alertId", text).put("alertRule", text).put("description", text);
    essentials.put("severity", text).put("monitorCondition", "Fired").put("signalType", "Metric");
    essentials.putArray("alertTargetIDs").add(CaptureFixture.VM.id());
    return new AlertReader().read(root.toString());
  }

  @Test
  void theFilesOfTheLargestScaleSetInTheDeepestFolderFitTheRow() {
    List<CaptureFile.Part> files =
        IntStream.range(0, 1000)
            .mapToObj(i -> new CaptureFile.Part("https://" + "a/".repeat(500) + i, 1_000_000))
            .toList();

    CaptureFile file = CaptureFile.verified("https://a", files);

    assertThat(file.bytes()).isEqualTo(1_000_000_000);
    assertThat(RowJson.write(file)).hasSizeLessThan(CaptureStore.MAX_VALUE_CHARS * 3 / 4);
  }

  @Test
  void fiveHundredHugeAlertsThatJoinFitTheRow() throws NotAnAlert {
    Alert alert = huge();
    Capture c = CaptureFixture.fresh("0000000000000000000aa", CaptureFixture.VM);
    for (int i = 0; i < 500; i++) {
      c = c.joined(alert.what()).noted(CaptureFixture.T0, "alert resolved");
    }

    assertThat(c.joins().count()).isEqualTo(500);
    assertThat(RowJson.write(c)).hasSizeLessThan(CaptureStore.MAX_VALUE_CHARS / 4);
  }
}
