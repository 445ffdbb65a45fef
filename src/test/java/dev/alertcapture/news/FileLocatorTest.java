package dev.alertcapture.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alertcapture.azure.Cloud;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureFile.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to a file lead there in each cloud, and whatever its name is. */
class FileLocatorTest {
  @ParameterizedTest
  @CsvSource({
    "AZURE_CLOUD, https://portal.azure.com",
    "AZURE_CHINA_CLOUD, https://portal.azure.cn",
    "AZURE_US_GOVERNMENT, https://portal.azure.us",
  })
  void thePortalIsTheClouds(Cloud cloud, String portal) {
    FileLocator places = new FileLocator(cloud.portal(), null, Map.of(Story.ROOT, Story.ACCOUNT));
    assertThat(places.place(file("packets/a.cap")).portal())
        .isEqualTo(portal + "/#resource" + Story.ACCOUNT + "/storagebrowser");
  }

  @Test
  void anAccountInAGroupOfAnyScriptHasAPage() {
    String account =
        "/subscriptions/s/resourceGroups/gr\u00fcn (1)/providers/Microsoft.Storage/storageAccounts/a";
    FileLocator places = new FileLocator("https://portal", null, Map.of(Story.ROOT, account));
    assertThat(places.place(file("packets/a.cap")).portal())
        .contains("/resourceGroups/gr%C3%BCn%20(1)/providers/");
  }

  @Test
  void anotherCloudIsSetFirst() {
    FileLocator places =
        new FileLocator("https://portal", "AzureChinaCloud", Map.of(Story.ROOT, Story.ACCOUNT));
    assertThat(places.place(file("packets/2026/a.cap")).commands())
        .containsExactly(
            "az cloud set --name AzureChinaCloud",
            "az storage blob download --auth-mode login --account-name pcapstore"
                + " --container-name 'packets' --name '2026/a.cap' --file 'a.cap'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026/a.cap",
        "its; rm -rf ~/$(id) `id` \"x\" \\ & | > #.cap",
        "a+b c%.cap",
        "gr\u00fcn/\ud83d\ude00.cap",
      })
  void aShellMakesNothingOfANameButAName(String blob) throws Exception {
    String encoded = blob.replace("%", "%25").replace(" ", "%20");
    List<String> commands = place(file("packets/" + encoded)).commands();
    List<String> arguments = inAShell(commands.get(0));
    assertThat(arguments).containsSubsequence("--container-name", "packets", "--name", blob);
    assertThat(arguments.get(arguments.indexOf("--file") + 1)).matches("[A-Za-z0-9_][\\w.-]*");
    assertThat(arguments).hasSize(13);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "packets/a%0Aid.cap",
        "packets/a\u001b[2Jb.cap",
        "packets/a\u202ecap.exe",
        "packets",
        "/a.cap",
        "packets/@/etc/passwd",
        "packets/-x.cap",
        "packets/%40a.cap",
        "packets/%2D-help",
        "packets/%zz%0d",
      })
  void whatCanNotBeSeenInATerminalIsNoCommand(String path) {
    FileLocation place = place(file(path));
    boolean malformed = path.contains("%zz");
    assertThat(place.commands()).hasSize(malformed ? 1 : 0);
    assertThat(place.commands()).noneMatch(command -> command.contains("\n"));
    assertThat(place.path()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'; id; '", "a\u2019; id; \u2018.cap", "it\u201bs", "\u201a"})
  void aNameWithAQuoteIsNoCommandSincePowerShellEndsATextWithAnyOfThem(String blob) {
    assertThat(place(file("packets/" + blob)).commands()).isEmpty();
    assertThat(place(file("pack" + blob + "ets/a.cap")).commands()).isEmpty();
  }

  @Test
  void aFileElsewhereIsNamedAndNoMore() {
    CaptureFile elsewhere =
        new CaptureFile(
            Status.VERIFIED, "https://other.blob.core.windows.net/a/b.cap", 24, null, List.of());
    assertThat(place(elsewhere))
        .isEqualTo(new FileLocation(elsewhere.path() + " (24 bytes)", null, List.of()));
  }

  @Test
  void aFileOnTheMachineIsItsPathAndAnUnseenOneSaysWhy() {
    assertThat(
            place(new CaptureFile(Status.LOCAL, "C:\\captures\\a.cap", -1, null, List.of())).path())
        .isEqualTo("C:\\captures\\a.cap (on the machine itself)");
    CaptureFile unseen =
        new CaptureFile(Status.UNVERIFIED, Story.ROOT + "p/a.cap", -1, "answered 403", List.of());
    assertThat(place(unseen).path()).endsWith("/p/a.cap (not looked at: answered 403)");
    assertThat(place(unseen).commands()).hasSize(1);
    assertThat(place(null)).isNull();
  }

  @Test
  void theFilesOfAScaleSetAreBroughtTogetherAndAnInstancesFileByItself() throws Exception {
    CaptureFile.Part one = new CaptureFile.Part(Story.ROOT + "packets/a_0.cap", 300);
    CaptureFile.Part two = new CaptureFile.Part(Story.ROOT + "packets/a_1.cap", 24);
    String path = Story.ROOT + "packets/a[1]*.cap";

    FileLocation both = place(new CaptureFile(Status.VERIFIED, path, 324, null, List.of(one, two)));
    assertThat(both.path()).isEqualTo(one.path() + " (the largest of 2 files, together 324 bytes)");
    assertThat(inAShell(both.commands().get(0)))
        .containsSubsequence("download-batch", "--source", "packets", "--pattern", "a[[]1][*]*");

    FileLocation alone = place(new CaptureFile(Status.VERIFIED, path, 300, null, List.of(one)));
    assertThat(alone.path()).isEqualTo(one.path() + " (300 bytes)");
    assertThat(inAShell(alone.commands().get(0))).containsSubsequence("--name", "a_0.cap");
  }

  @Test
  void thePathOfASetThatNobodyLookedAtIsWhatItsFilesBeginWith() throws Exception {
    String path = Story.ROOT + "network-watcher-logs/set/2026/03/04/packetCapture_02_00_00_123";
    FileLocation unseen =
        place(new CaptureFile(Status.UNVERIFIED, path, -1, "answered 403", List.of()));
    assertThat(unseen.path())
        .isEqualTo("all that begins with " + path + " (not looked at: answered 403)");
    assertThat(inAShell(unseen.commands().get(0)))
        .containsSubsequence(
            "download-batch", "--pattern", "set/2026/03/04/packetCapture_02_00_00_123*");
  }

  @Test
  void severalFilesAreProbablyEmptyWhereAllAre() {
    CaptureFile.Part part = new CaptureFile.Part(Story.ROOT + "packets/a_0.cap", 150);
    List<CaptureFile.Part> parts = List.of(part, part);
    assertThat(
            FileLocation.isProbablyEmpty(new CaptureFile(Status.VERIFIED, "a", 300, null, parts)))
        .isTrue();
    assertThat(
            FileLocation.isProbablyEmpty(new CaptureFile(Status.VERIFIED, "a", 500, null, parts)))
        .isFalse();
  }

  private static FileLocation place(CaptureFile file) {
    return Story.WRITER.places().place(file);
  }

  private static CaptureFile file(String path) {
    return new CaptureFile(Status.VERIFIED, Story.ROOT + path, 24, null, List.of());
  }

  /** The arguments that a real shell gives to {@code az}. */
  private static List<String> inAShell(String command) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no /bin/bash");
    Process bash =
        new ProcessBuilder("/bin/bash", "-c", "az() { printf '%s\\n' \"$@\"; }\n" + command)
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }
}
