package dev.alertcapture.news;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureFile.Status;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Session;
import dev.alertcapture.news.Summary.Fact;
import dev.alertcapture.news.Summary.Mood;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read. */
class SummaryWriterTest {
  @Test
  void aCompletedCaptureIsToldFromWhatHappenedToWhereTheFileIs() {
    assertThat(Story.completed().news().text())
        .isEqualTo(
            """
            Packet capture on web-01 completed: Slow checkout
            It ended at its time limit of 10 seconds.
            File: https://pcapstore.blob.core.windows.net/packets/2026/web-01.cap (52,428 bytes)
            Portal: https://portal.azure.com/#resource/subscriptions/s1/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/pcapstore/storagebrowser
            Run: az storage blob download --auth-mode login --account-name pcapstore --container-name 'packets' --name '2026/web-01.cap' --file 'web-01.cap'
            Captured: 10 seconds, 52,428 bytes
            Alert: Slow checkout, Sev2
            Measured: Percentage CPU 93.5% on average over 5 minutes, threshold 80%
            Fired: 2026-03-04T01:59:00Z
            Machine: /subscriptions/s1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-01, westus
            Capture: https://shop.azurewebsites.net/api/captures/0123456789abcdefghjkm""");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsToldWithItsRemedyForThisMachine(Reason reason) {
    Story story = Story.ended(reason, "Azure's own words");
    Summary news = story.news();
    assertThat(news.headline())
        .isEqualTo(
            "Packet capture on web-01 "
                + (story.state == CaptureState.FAILED ? "failed" : "rejected")
                + ": Slow checkout");
    assertThat(news.mood()).isEqualTo(Mood.BAD);
    assertThat(news.what()).startsWith(reason.message());
    assertThat(news.remedy()).isNotBlank().doesNotContain("VM_ID", "REGION=", "REGION ");
    assertThat(news.facts()).extracting(Fact::text).contains("Azure's own words");
    if (reason != Reason.SESSION_FAILED) {
      assertThat(news.remedy())
          .isEqualTo(
              reason
                  .remedy(Reason.About.of(story.target, "westus"))
                  .replace("GET /", "GET " + Story.SITE + "/"));
    }
  }

  @Test
  void anErrorOnTheMachineHasTheRemedyOfItsOwn() {
    Summary news = Story.ended(Reason.SESSION_FAILED, "StorageFailed").news();
    assertThat(news.what()).contains("ended with an error", "refused the file", "“StorageFailed”");
    assertThat(news.remedy()).contains("access by key").doesNotContain("LocalFileFailed");
  }

  @Test
  void aMissingFileIsToldWithTheEndOfItsSession() {
    assertThat(Story.ended(Reason.FILE_MISSING, "url").news().what())
        .endsWith("did not reach the storage account. It ended at its time limit of 10 seconds.");
  }

  @Test
  void whoHoldsTheSlotsIsTold() {
    Summary news = Story.ended(Reason.LIMIT_REACHED, "10 sessions: theirs, ours and 8 more").news();
    assertThat(news.facts().get(0))
        .isEqualTo(new Fact("Slots held by", "10 sessions: theirs, ours and 8 more"));
    assertThat(news.remedy()).contains("CAPTURE_LIMIT");
  }

  @Test
  void aFailureThatLeftAFileTellsOfItToo() {
    Story story = Story.ended(Reason.SESSION_FAILED, "AgentStopped");
    story.file = Story.completed().file;
    assertThat(story.news().file().path()).contains("web-01.cap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/virtualMachines/2"})
  void theInstancesOfAScaleSetAreStartedByItsOwnCommands(String instance) {
    Story story = Story.ended(Reason.START_FAILED, "no agent");
    story.target =
        Target.parse(
                "/subscriptions/s1/resourceGroups/shop(1)/providers/Microsoft.Compute"
                    + "/virtualMachineScaleSets/web"
                    + instance)
            .orElseThrow();
    assertThat(story.news().remedy())
        .contains("az vmss start --resource-group 'shop(1)' --name 'web'")
        .contains("--resource-group 'shop(1)' --vmss-name 'web'")
        .doesNotContain("az vm ", "'GROUP'", "'SET'");
  }

  @Test
  void remediesLeadToTheAppWhereItsAddressIsKnown() {
    assertThat(Story.ended(Reason.START_FAILED, "no agent").news().remedy())
        .startsWith("GET https://shop.azurewebsites.net/api/health?target=/subscriptions/s1/");
    assertThat(
            new SummaryWriter(Story.WRITER.places(), null)
                .news(Story.ended(Reason.START_FAILED, "no agent").told(), CaptureState.FAILED)
                .remedy())
        .startsWith("GET /api/health?target=/subscriptions/s1/");
  }

  @Test
  void theStartIsToldAsItWasHoweverLate() {
    Story story = Story.ended(Reason.FILE_MISSING, "gone");
    Summary news = Story.WRITER.news(story.told(), CaptureState.RUNNING);
    assertThat(news.headline()).isEqualTo("Packet capture on web-01 started: Slow checkout");
    assertThat(news.what())
        .matches(
            "Packets are captured from \\d\\d:\\d\\d:\\d\\d UTC on, for 10 seconds at most\\.");
    assertThat(news.text()).doesNotContain("gone", "What to do", "File");
  }

  @Test
  void aFileOfUnder200BytesIsSaidToBeProbablyEmpty() {
    assertThat(Story.completed().sized(200).news().mood()).isEqualTo(Mood.GOOD);
    Summary news = Story.completed().sized(199).news();
    assertThat(news.mood()).isEqualTo(Mood.DOUBTFUL);
    assertThat(news.headline())
        .isEqualTo(
            "Packet capture on web-01 completed, but its file is probably empty: Slow checkout");
    assertThat(news.what()).contains("It ended at its time limit", "No packet came");
    assertThat(news.remedy()).contains("CAPTURE_TIME_LIMIT");
  }

  @Test
  void aCompletedCaptureWhoseEndIsWorthALookIsNotGreen() {
    Story story = Story.completed();
    story.phase = Session.Phase.GONE;
    story.ending = new Session.Ending("deleted by somebody else", null);
    assertThat(story.news().mood()).isEqualTo(Mood.DOUBTFUL);
    assertThat(story.news().remedy()).contains("activity log");
  }

  @Test
  void filtersThatLetNothingThroughAreNamed() {
    Story story = Story.completed().sized(24);
    story.options =
        new CaptureOptions(
            Duration.ofSeconds(10),
            0,
            0,
            List.of(
                new CaptureOptions.Filter("TCP", "10.0.0.4", "443", null, ""),
                new CaptureOptions.Filter(null, null, null, "10.9.0.0-10.9.0.9", "53")));
    Summary news = story.news();
    assertThat(news.what())
        .endsWith(
            "TCP, local 10.0.0.4 port 443, remote any address port any or any protocol, local any"
                + " address port any, remote 10.9.0.0-10.9.0.9 port 53");
    assertThat(news.remedy()).contains("Compare the filters");
  }

  @Test
  void aFileWhoseSizeIsNotKnownIsNotCalledEmpty() {
    Story story = Story.completed();
    story.file = new CaptureFile(Status.LOCAL, "/var/captures/a.cap", -1, null, List.of());
    Summary news = story.news();
    assertThat(news.mood()).isEqualTo(Mood.GOOD);
    assertThat(news.text()).contains("File: /var/captures/a.cap (on the machine itself)\n");
    assertThat(fact(news, "Captured")).isEqualTo("10 seconds");
  }

  @Test
  void howLongItRanIsAnUpperBoundWhereNobodyTells() {
    Story story = Story.completed();
    story.ending = new Session.Ending("Manual", null);
    assertThat(fact(story.news(), "Captured")).isEqualTo("at most 14 seconds, 52,428 bytes");
  }

  @Test
  void alertsThatJoinedOrWereHeldBackAreCounted() {
    Story story = Story.completed();
    story.joined = 1;
    story.heldBack = 3;
    assertThat(fact(story.news(), "Also"))
        .isEqualTo(
            "1 more alert joined this capture; 3 alerts came in the cool-down before it and started"
                + " nothing (CAPTURE_COOLDOWN)");
    assertThat(Story.completed().news().facts()).extracting(Fact::label).doesNotContain("Also");
  }

  @Test
  void whatAnAlertDoesNotSayIsLeftOut() {
    Story story = Story.completed();
    story.alert = new Alert.Details("by hand", null, "by hand", null, null, null, null);
    assertThat(story.news().facts())
        .extracting(Fact::label)
        .containsExactly("Captured", "Alert", "Machine", "Capture");
    story.alert =
        new Alert.Details(
            "log",
            null,
            "r",
            null,
            "d",
            null,
            new Alert.Condition(null, null, "5", null, null, null, null));
    assertThat(fact(story.news(), "Measured")).isEqualTo("the metric, threshold 5");
    assertThat(fact(story.news(), "Described as")).isEqualTo("d");
  }

  @Test
  void allCriteriaAreToldAndNotOneOfThem() {
    Story story = Story.completed();
    story.alert =
        story.alert.measuring(
            List.of(
                story.alert.condition(),
                new Alert.Condition(
                    "Network Out Total",
                    "GreaterThan",
                    "1000000",
                    "7340032",
                    "Total",
                    Duration.ofMinutes(5),
                    null)));
    assertThat(fact(story.news(), "Measured"))
        .isEqualTo(
            "Percentage CPU 93.5% on average over 5 minutes, threshold 80%; Network Out Total 7.34 MB"
                + " in 5 minutes (24.5 kB/s), threshold 1 MB");
  }

  @Test
  void aCaptureThatIsNotWhatItsRuleAsksForIsToldSo() {
    Story story = Story.completed();
    story.options =
        story.options.without(
            List.of("capture.timeLimit: \"soon\" is not …", "capture.filters: not a list"));
    String told =
        "It is not the capture that the alert rule asks for: its options capture.timeLimit,"
            + " capture.filters could not be used, and the settings held.";
    Summary news = story.news();
    assertThat(news.what()).isEqualTo("It ended at its time limit of 10 seconds. " + told);
    assertThat(news.mood()).isEqualTo(Mood.DOUBTFUL);
    assertThat(news.remedy()).startsWith("Correct the custom properties of the alert rule.");
    assertThat(fact(news, "Options not used"))
        .isEqualTo("capture.timeLimit: \"soon\" is not …; capture.filters: not a list");
    assertThat(Story.WRITER.news(story.told(), CaptureState.RUNNING).what()).endsWith(told);
    assertThat(story.sized(24).news().what()).contains(told, "probably empty");
  }

  @Test
  void noSecretIsTold() {
    assertThat(Story.completed().news().text()).doesNotContain("hunter2");
  }

  private static String fact(Summary news, String label) {
    return news.facts().stream()
        .filter(fact -> fact.label().equals(label))
        .map(Fact::text)
        .findFirst()
        .orElseThrow();
  }
}
