package dev.alertcapture.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import dev.alertcapture.arm.ArmClient;
import dev.alertcapture.arm.ArmSessions;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.StubServer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

final class BlobFilesTest {
  private static final HttpPipeline PIPELINE =
      AzurePipeline.of(StubServer.client(), null, "unused", time -> {});
  private static final String GROUP =
      "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/";

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-17T03:37:35Z"));
  private final Simulator azure = Simulator.start(SimulatorOptions.defaults().withClock(clock));
  private final String root = azure.uri() + "/pcapstore/";
  private final BlobFiles files = new BlobFiles(PIPELINE, Set.of(root));

  @AfterEach
  void close() {
    azure.close();
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30), System::nanoTime);
  }

  private PortException trouble(String path) {
    return trouble(files, path);
  }

  private static PortException trouble(BlobFiles files, String path) {
    PortException trouble =
        catchThrowableOfType(PortException.class, () -> files.size(path, soon()));
    assertThat(trouble).as(path).isNotNull();
    return trouble;
  }

  @Test
  void aFileHasItsSizeOnceItIsThere() throws PortException {
    Sessions sessions = new ArmSessions(new ArmClient(azure.uri(), PIPELINE));
    Sessions.Plan plan =
        new Sessions.Plan(
            Target.parse(
                    GROUP + "PacketCaptureRG/providers/Microsoft.Compute/virtualMachines/web-01")
                .orElseThrow(),
            new CaptureOptions(Duration.ofSeconds(10), 0, 1000, List.of()),
            List.of(),
            GROUP + "PacketCaptureRG/providers/Microsoft.Storage/storageAccounts/pcapstore",
            null,
            null);
    String watcher =
        GROUP
            + "NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/"
            + "NetworkWatcher_westcentralus";
    String path = sessions.start(watcher, "pc", plan, soon()).paths().storagePath();
    assertThat(files.size(path, soon())).isEmpty();
    clock.advance(Duration.ofSeconds(15));
    azure.clearRequests();
    assertThat(files.size(path, soon()).orElseThrow()).isGreaterThan(24);
    assertThat(azure.requests()).hasSize(1);
    assertThat(azure.requests().get(0).method()).isEqualTo("HEAD");
  }

  @ParameterizedTest
  @CsvSource({
    "400, REFUSED",
    "401, FORBIDDEN",
    "403, FORBIDDEN",
    "409, REFUSED",
    "408,",
    "429,",
    "500,",
    "503,"
  })
  void whatTheAccountAnswersIsForGoodOrForNow(int status, Reason reason) {
    azure.addFault(Fault.answering("HEAD", "pcapstore", status, "SomeCode").withRetryAfter(60));
    PortException trouble = trouble(root + "packets/a.cap");
    assertThat(trouble.reason()).isEqualTo(reason);
    assertThat(trouble.detail()).endsWith("looking at the file: " + status + " SomeCode");
    assertThat(trouble.retryAfter()).isEqualTo(reason == null ? Duration.ofMinutes(1) : null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{other}/pcapstore/packets/a.cap",
        "{azure}/otherstore/packets/a.cap",
        "{azure}/pcapstore",
        "{azure}/pcapstore2/packets/a.cap",
        "{azure}/PcapStore/packets/a.cap",
        "{azure}/pcapstore/../subscriptions/hunter2",
        "{azure}/pcapstore/packets/../../otherstore/packets/a.cap",
        "{azure}/pcapstore/./../otherstore/packets/a.cap",
        "{azure}/./pcapstore/../otherstore/a.cap",
        "{azure}/pcapstore/%2e%2e/otherstore/packets/a.cap",
        "{azure}/pcapstore/packets/%2E%2e/a.cap",
        "{azure}/pcapstore/packets/a.cap?sig=hunter2",
        "{azure}/pcapstore/packets/a.cap#hunter2",
        "{azure}/pcapstore/a b.cap",
        "{azure}@{otherHost}/pcapstore/packets/a.cap",
        "http://hunter2@{host}/pcapstore/packets/a.cap",
        "https://{host}/pcapstore/packets/a.cap",
        "//{host}/pcapstore/packets/a.cap",
        "/pcapstore/packets/a.cap",
        "http:{host}/pcapstore/packets/a.cap",
        "hunter2",
        ""
      })
  void aPathThatLeadsElsewhereIsRefusedUnsent(String path) {
    try (StubServer other = StubServer.answering(StubServer.json(200, ""))) {
      String there =
          path.replace("{other}", other.uri().toString())
              .replace("{otherHost}", other.uri().getAuthority())
              .replace("{azure}", azure.uri().toString())
              .replace("{host}", azure.uri().getAuthority());
      PortException trouble = trouble(there);
      assertThat(trouble.reason()).isEqualTo(Reason.REFUSED);
      assertThat(trouble.detail())
          .isEqualTo("the file's path leads to none of the configured storage accounts");
      assertThat(azure.requests()).isEmpty();
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (StubServer other = StubServer.answering(StubServer.json(200, ""));
        StubServer stub =
            StubServer.answering(StubServer.header(302, "Location", other.uri() + "/store/a"))) {
      BlobFiles redirected = new BlobFiles(PIPELINE, Set.of(stub.uri() + "/store/"));
      PortException trouble = trouble(redirected, stub.uri() + "/store/a.cap");
      assertThat(trouble.reason()).isEqualTo(Reason.REFUSED);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void oneHeadIsSentWithAVersionAndWhatUrlsDoNotAllowEncoded() throws PortException {
    try (StubServer stub = StubServer.answering(StubServer.header(200, "Content-Length", "77"))) {
      BlobFiles stubbed = new BlobFiles(PIPELINE, Set.of(stub.uri() + "/store/"));
      assertThat(stubbed.size(stub.uri() + "/store/gr\u00fcn(1)/a..%20b.cap", soon()))
          .isEqualTo(OptionalLong.of(77));
      assertThat(stub.requests()).hasSize(1);
      StubServer.Asked asked = stub.requests().get(0);
      assertThat(asked.method()).isEqualTo("HEAD");
      assertThat(asked.uri()).hasToString("/store/gr%C3%BCn(1)/a..%20b.cap");
      assertThat(asked.headers().getFirst("x-ms-version")).isEqualTo("2021-12-02");
      assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer development");
    }
  }

  @Test
  void filesBesideAPathAreListedInItsContainerWithTheirSizes() throws PortException {
    String xml =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <EnumerationResults ContainerName="packets"><Prefix>a/b_1</Prefix><Blobs>
          <Blob><Name>a/b_1_0 x.cap</Name><Properties><Etag>1</Etag><Content-Length>24</Content-Length></Properties></Blob>
          <Blob><Name>a/b_1&amp;2.cap</Name><Properties><Content-Length>77</Content-Length></Properties></Blob>
        </Blobs><NextMarker/></EnumerationResults>
        """;
    try (StubServer stub = StubServer.answering(StubServer.json(200, xml))) {
      BlobFiles stubbed = new BlobFiles(PIPELINE, Set.of(stub.uri() + "/store/"));
      String container = stub.uri() + "/store/packets/";

      assertThat(stubbed.beside(container + "a/b_1.cap", soon()))
          .containsExactly(
              new CaptureFile.Part(container + "a/b_1_0%20x.cap", 24),
              new CaptureFile.Part(container + "a/b_1%262.cap", 77));
      assertThat(stub.requests()).hasSize(1);
      assertThat(stub.requests().get(0).uri())
          .hasToString("/store/packets?restype=container&comp=list&maxresults=1000&prefix=a%2Fb_1");
    }
  }

  @Test
  void aListThatIsBrokenOffIsGoneOnWithAndNotForEver() throws PortException {
    String page =
        """
        <EnumerationResults><Blobs><Blob><Name>a_0.cap</Name><Properties>
          <Content-Length>24</Content-Length></Properties></Blob></Blobs>
          <NextMarker>2!8 x</NextMarker></EnumerationResults>
        """;
    try (StubServer stub = StubServer.answering(StubServer.json(200, page))) {
      BlobFiles stubbed = new BlobFiles(PIPELINE, Set.of(stub.uri() + "/store/"));

      assertThat(stubbed.beside(stub.uri() + "/store/packets/a.cap", soon())).hasSize(5);
      assertThat(stub.requests()).hasSize(5);
      assertThat(stub.requests().get(1).uri().toString()).endsWith("&prefix=a&marker=2%218%20x");
    }
  }

  @Test
  void aListThatReachesOutsideItselfIsNotFollowed() {
    String xml =
        """
        <?xml version="1.0"?><!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
        <Blob><Name>&secret;</Name><Properties><Content-Length>1</Content-Length></Properties></Blob>
        """;
    try (StubServer stub = StubServer.answering(StubServer.json(200, xml))) {
      BlobFiles stubbed = new BlobFiles(PIPELINE, Set.of(stub.uri() + "/store/"));
      PortException trouble =
          catchThrowableOfType(
              PortException.class,
              () -> stubbed.beside(stub.uri() + "/store/packets/a.cap", soon()));
      assertThat(trouble.reason()).isNull();
      assertThat(trouble.detail()).isEqualTo("the list of files can't be read");
    }
  }

  @Test
  void noListIsAskedForElsewhere() {
    for (String path : List.of("https://elsewhere.example/packets/a.cap", root, root + "packets")) {
      PortException trouble =
          catchThrowableOfType(PortException.class, () -> files.beside(path, soon()));
      assertThat(trouble.reason()).isEqualTo(Reason.REFUSED);
    }
    assertThat(azure.requests()).isEmpty();
  }

  @Test
  void aSilentAccountIsLeftAtTheDeadline() {
    try (StubServer silent = StubServer.silent()) {
      BlobFiles left = new BlobFiles(PIPELINE, Set.of(silent.uri() + "/store/"));
      Deadline deadline = Deadline.in(Duration.ofMillis(300), System::nanoTime);
      PortException trouble =
          catchThrowableOfType(
              PortException.class, () -> left.size(silent.uri() + "/store/a.cap", deadline));
      assertThat(trouble.reason()).isNull();
    }
  }

  @Test
  void aTokenIsNeverSentOverPlainHttp() {
    TokenCredential credential =
        request -> Mono.just(new AccessToken("hunter2", OffsetDateTime.MAX));
    HttpClient http = StubServer.client();
    BlobFiles real =
        new BlobFiles(
            AzurePipeline.of(http, credential, "https://storage.azure.com/.default", time -> {}),
            Set.of(root));
    PortException trouble = trouble(real, root + "packets/a.cap");
    assertThat(trouble.detail()).doesNotContain("hunter2");
    assertThat(azure.requests()).isEmpty();
  }
}
