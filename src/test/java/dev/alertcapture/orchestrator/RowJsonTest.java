package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fresh;
import static dev.alertcapture.capture.FullCapture.full;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowJsonTest {

  @Test
  void aCaptureWithEverythingIsReadAsItWasWritten() throws ReflectiveOperationException {
    for (RecordComponent field : Capture.class.getRecordComponents()) {
      assertThat(field.getAccessor().invoke(full())).as(field.getName()).isNotNull();
    }
    Capture read = RowJson.read(RowJson.write(full()), Capture.class).orElseThrow();
    assertThat(read).isEqualTo(full());
    // Targets are equal in any letter case; this one must keep its own.
    assertThat(read.target().id()).isEqualTo(full().target().id());
  }

  @Test
  void aCaptureWithLittleIsReadAsItWasWritten() {
    Capture little = fresh("0000000000000000000aa", VM);
    assertThat(RowJson.read(RowJson.write(little), Capture.class)).contains(little);
  }

  @Test
  void aTargetsRecordIsReadAsItWasWritten() {
    TargetRecord record =
        new TargetRecord(
            "a",
            at(1),
            2,
            List.of(new AnsweredAlert("k", "r", "a", T0, true, Map.of())),
            "westus",
            "z",
            new Fence("b", at(3)),
            Map.of());
    assertThat(RowJson.read(RowJson.write(record), TargetRecord.class)).contains(record);
  }

  @Test
  void aConstantThatThisVersionDoesNotKnowMakesARowUnreadable() {
    String json = RowJson.write(full()).replace("\"FAILED\"", "\"EXPLAINED\"");
    assertThat(RowJson.read(json, Capture.class)).isEmpty();
    assertThat(RowJson.read("{\"id\":", Capture.class)).isEmpty();
  }
}
