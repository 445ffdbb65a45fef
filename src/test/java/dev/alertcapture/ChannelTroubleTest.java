package dev.alertcapture;

import static dev.alertcapture.World.idOf;
import static dev.alertcapture.World.vm;
import static dev.alertcapture.testing.StubServer.header;
import static dev.alertcapture.testing.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Notification.Status;
import dev.alertcapture.health.Check;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.testing.StubServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel that is slow, broken or gone: captures and the other channels do not feel it. */
class ChannelTroubleTest {
  private static final int MACHINES = 8;

  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World().with("NOTIFY_ON", "started,completed,failed,rejected");
    world.azure.mergeInventory(
        JsonNodeFactory.instance.objectNode().put("unknownTargets", "westcentralus"));
  }

  @AfterEach
  void end() {
    world.close();
  }

  private World teamsAt(StubServer server) throws Exception {
    return world.with("NOTIFY_TEAMS_URL", server.uri() + "/hook/hunter2");
  }

  private List<String> alertAll() {
    return IntStream.range(0, MACHINES).mapToObj(i -> idOf(world.alert(vm("vm-" + i)))).toList();
  }

  private Notification teams(String id, CaptureState about) {
    return world.capture(id).notifications().stream()
        .filter(message -> message.channel().equals("teams") && message.about() == about)
        .findFirst()
        .orElseThrow();
  }

  private boolean webhookHasAllOf(List<String> ids, String what) {
    return ids.stream()
        .allMatch(id -> world.events.stream().anyMatch(e -> e.contains(id + "-" + what)));
  }

  @Test
  void aHangingChannelDelaysNeitherCapturesNorTheOtherChannel() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (StubServer server =
        StubServer.answering(
            exchange -> {
              try {
                // Longer than a channel may take, unless all else is done by then.
                if (!released.await(30, TimeUnit.SECONDS)) {
                  return;
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              json(202, "").handle(exchange);
            })) {
      teamsAt(server);
      List<String> ids = alertAll();
      Thread watcher =
          new Thread(
              () -> {
                while (!webhookHasAllOf(ids, "started")) {
                  Thread.onSpinWait();
                }
                released.countDown();
              });
      watcher.setDaemon(true);
      watcher.start();

      // All starts are told to the webhook in the very tick in which Teams hangs on the first.
      world.tick();

      assertThat(webhookHasAllOf(ids, "started")).isTrue();
      assertThat(ids).allMatch(id -> teams(id, CaptureState.RUNNING).status() == Status.SENT);
      assertThat(ids).allMatch(id -> world.capture(id).state() != CaptureState.STARTING);
    }
  }

  @Test
  void anAlertIsAnsweredAndACaptureShownWithoutWaitingForAnyChannel() throws Exception {
    world.azure.addFault(Fault.answering("PUT", "/packetCaptures/", 403, "AuthorizationFailed"));
    try (StubServer server = StubServer.answering(json(200, ""))) {
      teamsAt(server);
      Answer answer = world.alert(vm("web-01"));
      world.app().orchestrator().find(idOf(answer), world.call(Duration.ofSeconds(5)));

      assertThat(World.stateOf(answer)).isEqualTo(CaptureState.FAILED);
      assertThat(server.requests()).isEmpty();
      world.tick();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aBrokenChannelIsAskedOnceInFiveSecondsAndHasItAllWhenItIsWellAgain() throws Exception {
    CountDownLatch broken = new CountDownLatch(1);
    try (StubServer server =
        StubServer.answering(
            exchange -> json(broken.getCount() > 0 ? 500 : 202, "").handle(exchange))) {
      teamsAt(server);
      List<String> ids = alertAll();
      for (int i = 0; i < 4; i++) {
        int before = server.requests().size();
        Instant begun = world.clock.instant();
        world.tick();
        long fives = Duration.between(begun, world.clock.instant()).toSeconds() / 5;
        assertThat(server.requests().size() - before).isLessThanOrEqualTo((int) fives + 1);
      }
      assertThat(ids).allMatch(id -> world.capture(id).state() == CaptureState.COMPLETED);
      assertThat(webhookHasAllOf(ids, "completed")).isTrue();

      broken.countDown();
      world.tickUntil(() -> ids.stream().allMatch(id -> allAre(world.capture(id), Status.SENT)));
    }
  }

  @Test
  void retryAfterIsHonoured() throws Exception {
    try (StubServer server = StubServer.answering(header(429, "Retry-After", "600"))) {
      teamsAt(server);
      String id = idOf(world.alert(vm("web-01")));
      world.end(id);
      world.tick();
      int asked = server.requests().size();
      assertThat(teams(id, CaptureState.COMPLETED).detail()).contains("answered 429");
      for (int i = 0; i < 25; i++) {
        world.tick();
      }
      assertThat(server.requests()).hasSize(asked);
      assertThat(webhookHasAllOf(List.of(id), "completed")).isTrue();
      world.clock.advance(Duration.ofMinutes(5));
      world.tick();
      assertThat(server.requests()).hasSizeGreaterThan(asked);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 308})
  void aRedirectIsNotFollowedAndGivenUpInSight(int status) throws Exception {
    try (StubServer other = StubServer.answering(json(200, ""));
        StubServer server = StubServer.answering(header(status, "Location", other.uri() + "/"))) {
      teamsAt(server);
      String id = idOf(world.alert(vm("web-01")));
      world.end(id);
      world.tick();

      assertThat(other.requests()).isEmpty();
      assertThat(teams(id, CaptureState.COMPLETED).status()).isEqualTo(Status.GIVEN_UP);
      assertThat(teams(id, CaptureState.COMPLETED).detail()).contains("a redirect");
      assertThat(webhookHasAllOf(List.of(id), "completed")).isTrue();
      Check check = check("channel teams");
      assertThat(check.ok()).isFalse();
      assertThat(check.said()).contains(id, "answered " + status).doesNotContain("hunter2");
      assertThat(check.remedy()).contains("NOTIFY_TEAMS_URL");
      assertThat(check("channel webhook").ok()).isTrue();
    }
  }

  @Test
  void aDeadChannelIsGivenUpAfterADayAndSeenOnHealthLongBefore() throws Exception {
    try (StubServer server = StubServer.answering(json(503, ""))) {
      teamsAt(server);
      String id = idOf(world.alert(vm("web-01")));
      world.end(id);
      assertThat(check("channel teams").ok()).as("not yet").isTrue();
      world.clock.advance(Duration.ofMinutes(6));
      world.tick();
      assertThat(check("channel teams").said()).contains("has not taken", id, "answered 503");

      world.tickUntil(
          () ->
              teams(id, CaptureState.RUNNING).status() == Status.GIVEN_UP
                  && teams(id, CaptureState.COMPLETED).status() == Status.GIVEN_UP);

      Duration lasted =
          Duration.between(teams(id, CaptureState.COMPLETED).since(), world.clock.instant());
      assertThat(lasted).isBetween(Duration.ofHours(22), Duration.ofHours(25));
      assertThat(server.requests()).hasSizeLessThan(80);
      assertThat(check("channel teams").said()).startsWith("did not take");
      world.clock.advance(Duration.ofDays(2));
      assertThat(check("channel teams").said()).isEqualTo("nothing sent in the last two days");
    }
  }

  private static boolean allAre(Capture c, Status status) {
    return c.notifications().stream().allMatch(message -> message.status() == status);
  }

  private Check check(String name) {
    return world.app().health().checks(world.call(Duration.ofSeconds(20)).deadline()).stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
