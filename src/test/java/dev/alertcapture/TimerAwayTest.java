package dev.alertcapture;

import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.functions.Calls;
import dev.alertcapture.testing.LogLines;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the timer has stayed away for 90 s, the calls that come carry on what is due. */
class TimerAwayTest {
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private CaptureState state(String id) {
    return world.capture(id).state();
  }

  @Test
  void whoeverListsTheCapturesTakesThemToTheirEndAndPeopleAreTold() {
    world.tick();
    String id = World.idOf(world.alert(vm("web-01")));
    world.clock.advance(Duration.ofSeconds(90));
    assertThat(Calls.get(world.app(), "captures").status()).isEqualTo(200);
    assertThat(state(id)).as("the timer may still come").isEqualTo(CaptureState.STARTING);

    world.clock.advance(Duration.ofSeconds(1));
    Calls.Said list = Calls.get(world.app(), "captures");

    assertThat(list.body().at("/captures/0/state").asText()).isEqualTo("COMPLETED");
    assertThat(world.events).singleElement().asString().contains(id);
  }

  @Test
  void anAlertCarriesOthersOn() {
    world.tick();
    String first = World.idOf(world.alert(vm("web-01")));
    world.clock.advance(Duration.ofSeconds(91));

    assertThat(world.http("alerts", World.fired(vm("web-02"))).status()).isEqualTo(202);

    assertThat(state(first)).isEqualTo(CaptureState.COMPLETED);
    assertThat(world.events).singleElement().asString().contains(first);
  }

  @Test
  void theLogSaysThatTheTimerHasNotCome() throws Exception {
    LogLines log = new LogLines();
    world.loggingTo(log.logger());
    world.app().reconciler().standIn(world.call(Duration.ofSeconds(5)));
    assertThat(log.of(Level.SEVERE)).as("it is new").isEmpty();

    world.clock.advance(Duration.ofSeconds(91));
    world.app().reconciler().standIn(world.call(Duration.ofSeconds(5)));

    assertThat(log.of(Level.SEVERE)).singleElement().asString().contains("timer has not come");
  }

  @Test
  void aTimerThatComesAgainIsLeftToIt() {
    world.alert(vm("web-01"));
    world.clock.advance(Duration.ofSeconds(91));
    Calls.get(world.app(), "captures");
    world.tick();
    String later = World.idOf(world.alert(vm("web-02")));
    world.clock.advance(Duration.ofSeconds(60));

    Calls.get(world.app(), "captures");

    assertThat(state(later)).isEqualTo(CaptureState.STARTING);
  }
}
