package dev.alertcapture.news;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture.Stop;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureFile.Status;
import dev.alertcapture.capture.Session;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a session ended, in words, whatever Azure's own word is. */
class EndingTest {
  private static final long LIMIT = 1_073_741_824;

  /** Azure's word, whether we stopped it and why, the file's size; then what is said. */
  record Row(String word, String stoppedBy, long bytes, String says, String remedy) {}

  static List<Row> rows() {
    return List.of(
        new Row("TimeExceeded", null, 500, "It ended at its time limit of 10 seconds.", null),
        new Row("timeexceeded", "by hand", 500, "time limit of 10 seconds", null),
        new Row("Manual", "by hand", 500, "It was stopped: by hand.", null),
        new Row(
            "Manual",
            "its alerts are resolved",
            500,
            "It was stopped: its alerts are resolved.",
            null),
        new Row("Manual", null, 500, "Somebody stopped it in Azure, not through this app.", null),
        new Row("-", null, LIMIT, "byte limit of 1,073,741,824 bytes was reached", "raise"),
        new Row(null, null, LIMIT - LIMIT / 10, "Azure gives no word for it", "raise"),
        new Row("-", null, LIMIT - LIMIT / 10 - 1, "not known to us; Azure says “-”.", "portal"),
        new Row("-", null, -1, "not known to us; Azure says “-”.", "portal"),
        new Row("BytesExceeded", null, 500, "reached, as far as can be told; Azure", "raise"),
        new Row(null, "by hand", 500, "It was stopped: by hand.", null),
        new Row("Gone\nfishing", null, 500, "Azure says “Gone fishing”.", "portal"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void itsEndIsSaidInWords(Row row) {
    Story story = Story.completed().sized(row.bytes());
    story.ending = new Session.Ending(row.word(), null);
    story.stop = row.stoppedBy() == null ? null : stopped(row.stoppedBy());
    Ending ending = Ending.of(story.told());
    assertThat(ending.words()).contains(row.says());
    if (row.remedy() == null) {
      assertThat(ending.remedy()).isNull();
    } else {
      assertThat(ending.remedy()).contains(row.remedy());
    }
  }

  @Test
  void withoutAByteLimitNoSizeTellsOfOne() {
    Story story = Story.completed().sized(LIMIT);
    story.options =
        new dev.alertcapture.options.CaptureOptions(story.options.timeLimit(), 0, 0, List.of());
    story.ending = new Session.Ending("-", null);
    assertThat(Ending.of(story.told()).words()).contains("not known to us");
    story.ending = new Session.Ending("BytesExceeded", null);
    assertThat(Ending.of(story.told()).words()).contains("its byte limit was reached");
  }

  @Test
  void aStopThatAzureNeverTookIsNotOurs() {
    Story story = Story.completed();
    story.ending = new Session.Ending("Manual", null);
    story.stop = new Stop("by hand", Story.T0, null);
    assertThat(Ending.of(story.told()).words()).contains("not through this app");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AgentStopped | The Network Watcher agent on the machine stopped. | shut down",
        "StorageFailed | The storage account refused the file | port 443",
        "LocalFileFailed | could not write the file to its own disk | /var/captures",
        "CaptureFailed | could not capture on the machine | no other tool",
        "InternalError | an internal error | service health",
        "'InternalError, AgentStopped' | “InternalError, AgentStopped” | service health",
      })
  void anErrorIsSaidInWordsWithItsRemedyAndAzuresWord(String errors, String says, String remedy) {
    Story story = Story.completed();
    story.ending = new Session.Ending(null, errors);
    Ending ending = Ending.of(story.told());
    assertThat(ending.words()).contains(says).contains("“" + errors + "”");
    assertThat(ending.remedy()).contains(remedy);
  }

  @Test
  void anErrorThatWeDoNotKnowIsRepeated() {
    Story story = Story.completed();
    story.ending = new Session.Ending("Manual", "DiskOnFire");
    assertThat(Ending.of(story.told()))
        .isEqualTo(new Ending("It ended with an error: “DiskOnFire”.", null));
  }

  @Test
  void whoDeletedTheSessionIsForTheActivityLog() {
    Story story = Story.completed();
    story.phase = Session.Phase.GONE;
    story.ending = new Session.Ending("deleted by somebody else", null);
    assertThat(Ending.of(story.told()).words()).contains("Somebody deleted its session");
    assertThat(Ending.of(story.told()).remedy()).contains("activity log");
  }

  @Test
  void whatNobodySawEndHasNoEnd() {
    Story story = Story.completed();
    story.ending = null;
    story.file = new CaptureFile(Status.LOCAL, "/var/captures/a.cap", -1, null, List.of());
    assertThat(Ending.of(story.told())).isNull();
  }

  private static Stop stopped(String by) {
    return new Stop(by, Story.T0, Story.T0.plusSeconds(1));
  }
}
