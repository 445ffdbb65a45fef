package dev.alertcapture.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.simulator.RecordedRequest;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.StubServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The simulator with a clock that stands still, and our clients of it. */
public final class ArmFixture implements AutoCloseable {
  public static final HttpClient HTTP = StubServer.client();
  public static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
  public static final String WATCHER =
      "/subscriptions/"
          + SUBSCRIPTION
          + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/"
          + "NetworkWatcher_westcentralus";
  private static final String GROUP =
      "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/PacketCaptureRG/providers/";
  public static final String ACCOUNT = GROUP + "Microsoft.Storage/storageAccounts/pcapstore";
  public static final Pause NO_PAUSE = time -> {};
  public static final Target WEB_01 = target("virtualMachines/web-01");
  public static final CaptureOptions OPTIONS =
      new CaptureOptions(Duration.ofSeconds(60), 128, 1_000_000, List.of());

  public final MutableClock clock = new MutableClock(Instant.parse("2026-03-17T03:37:35.4291Z"));
  public final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withClock(clock));
  public final Sessions sessions = sessions(simulator.uri());
  public final ArmTargets targets = new ArmTargets(client(simulator.uri()));

  public static Target target(String machine) {
    return Target.parse(GROUP + "Microsoft.Compute/" + machine).orElseThrow();
  }

  public static ArmClient client(URI endpoint) {
    return new ArmClient(endpoint, AzurePipeline.of(HTTP, null, "unused", NO_PAUSE));
  }

  public static Sessions sessions(URI endpoint) {
    return new ArmSessions(client(endpoint));
  }

  public static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30), System::nanoTime);
  }

  public static Deadline veryShort() {
    return Deadline.in(Duration.ofMillis(300), System::nanoTime);
  }

  public static Sessions.Plan plan(Target target) {
    return new Sessions.Plan(target, OPTIONS, List.of(), ACCOUNT, null, null);
  }

  /** A session of a target, created to the end. */
  public Sessions.Started start(String name, Target target) throws PortException {
    Sessions.Started started = sessions.start(WATCHER, name, plan(target), soon());
    clock.advance(Duration.ofSeconds(2));
    return started;
  }

  public List<RecordedRequest> requests(String method) {
    return simulator.requests().stream().filter(each -> each.method().equals(method)).toList();
  }

  public RecordedRequest lastRequest() {
    List<RecordedRequest> all = simulator.requests();
    return all.get(all.size() - 1);
  }

  public static PortException trouble(ThrowingCallable call) {
    PortException trouble = catchThrowableOfType(PortException.class, call);
    assertThat(trouble).as("trouble").isNotNull();
    return trouble;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
