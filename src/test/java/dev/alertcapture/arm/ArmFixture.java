package dev.alertcapture.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import dev.alertcapture.capture.CaptureOptions;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Target;
import dev.alertcapture.capture.Trouble;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.simulator.RecordedRequest;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.testing.StubServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The simulator with a clock that stands still, and our clients of it. */
final class ArmFixture implements AutoCloseable {
  static final HttpClient HTTP = StubServer.client();
  static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
  static final String WATCHER =
      "/subscriptions/"
          + SUBSCRIPTION
          + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/"
          + "NetworkWatcher_westcentralus";
  private static final String GROUP =
      "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/PacketCaptureRG/providers/";
  static final String ACCOUNT = GROUP + "Microsoft.Storage/storageAccounts/pcapstore";
  static final Pause NO_PAUSE = time -> {};
  static final Target WEB_01 = target("virtualMachines/web-01");
  static final CaptureOptions OPTIONS =
      new CaptureOptions(Duration.ofSeconds(60), 128, 1_000_000, List.of());

  final MutableClock clock = new MutableClock(Instant.parse("2026-03-17T03:37:35.4291Z"));
  final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withClock(clock));
  final Sessions sessions = sessions(simulator.uri());
  final ArmTargets targets = new ArmTargets(client(simulator.uri()));

  static Target target(String machine) {
    return Target.parse(GROUP + "Microsoft.Compute/" + machine).orElseThrow();
  }

  static ArmClient client(URI endpoint) {
    return new ArmClient(endpoint, AzurePipeline.of(HTTP, null, "unused", NO_PAUSE));
  }

  static Sessions sessions(URI endpoint) {
    return new ArmSessions(client(endpoint));
  }

  static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30), System::nanoTime);
  }

  static Deadline veryShort() {
    return Deadline.in(Duration.ofMillis(300), System::nanoTime);
  }

  static Sessions.Plan plan(Target target) {
    return new Sessions.Plan(target, OPTIONS, List.of(), ACCOUNT, null, null);
  }

  /** A session of a target, created to the end. */
  Sessions.Started start(String name, Target target) throws Trouble {
    Sessions.Started started = sessions.start(WATCHER, name, plan(target), soon());
    clock.advance(Duration.ofSeconds(2));
    return started;
  }

  List<RecordedRequest> requests(String method) {
    return simulator.requests().stream().filter(each -> each.method().equals(method)).toList();
  }

  RecordedRequest lastRequest() {
    List<RecordedRequest> all = simulator.requests();
    return all.get(all.size() - 1);
  }

  static Trouble trouble(ThrowingCallable call) {
    Trouble trouble = catchThrowableOfType(Trouble.class, call);
    assertThat(trouble).as("trouble").isNotNull();
    return trouble;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
