package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.store.CaptureStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The parts of an engine over a store and sessions, with everything else at its simplest. */
final class TestParts {
  private TestParts() {}

  static EngineParts of(CaptureStore store, CapturePolicy policy, Sessions sessions, Clock clock) {
    return of(store, policy, sessions, clock, time -> {}, Map.of(), "token");
  }

  /** With tokens that begin with a name. */
  static EngineParts of(
      CaptureStore store,
      CapturePolicy policy,
      Sessions sessions,
      Clock clock,
      Pause pause,
      Map<String, Channel> channels,
      String name) {
    AtomicInteger count = new AtomicInteger();
    return new EngineParts(
        store,
        policy,
        new Engine.Ports(CaptureFixture.TARGETS, sessions, new Existing()),
        new Destinations(Map.of("", new Destinations.Account("/account", null)), null),
        channels,
        clock,
        pause,
        new Random(name.hashCode()),
        () -> name + "-" + count.incrementAndGet());
  }

  /** Every file is there. */
  private static final class Existing implements Files {
    @Override
    public OptionalLong size(String storagePath, Deadline deadline) {
      return OptionalLong.of(24);
    }

    @Override
    public List<CaptureFile.Part> beside(String storagePath, Deadline deadline) {
      return List.of();
    }
  }
}
