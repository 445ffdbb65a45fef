package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.OPERATION;
import static dev.alertcapture.capture.CaptureFixture.PATHS;
import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.WATCHER;

import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Network Watchers as a test needs them. */
class FakeSessions implements Sessions {

  /** What happens while a list is on its way. */
  interface Meanwhile {
    void act() throws PortException;
  }

  private final Map<String, Seen> sessions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> calls = new ArrayList<>();
  private Meanwhile onList = () -> {};
  String watcher = WATCHER;
  int most;

  /** Lists show what was there when they were begun, and take until this is done. */
  void onList(Meanwhile act) {
    onList = act;
  }

  synchronized void add(String name, String target) {
    sessions.put(name, new Seen(name, target, Provisioning.SUCCEEDED, PATHS));
    most = Math.max(most, sessions.size());
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  long lists() {
    return calls().stream().filter(call -> call.startsWith("list")).count();
  }

  private synchronized void call(String what) {
    calls.add(what);
  }

  @Override
  public Optional<String> watcher(String subscription, String region, Deadline deadline) {
    call("watcher");
    return Optional.ofNullable(watcher);
  }

  @Override
  public Optional<List<Seen>> list(String watcherId, Deadline deadline) throws PortException {
    call("list " + watcherId);
    if (!watcherId.equals(watcher)) {
      return Optional.empty();
    }
    List<Seen> shown;
    synchronized (this) {
      shown = List.copyOf(sessions.values());
    }
    onList.act();
    return Optional.of(shown);
  }

  @Override
  public synchronized Optional<Seen> find(String watcherId, String name, Deadline deadline) {
    call("find");
    return Optional.ofNullable(sessions.get(name));
  }

  @Override
  public Started start(String watcherId, String name, Plan plan, Deadline deadline)
      throws PortException {
    call("start");
    add(name, plan.target().id());
    return new Started(OPERATION, Duration.ofSeconds(10), PATHS);
  }

  @Override
  public Optional<Operation> operation(String operationUrl, Deadline deadline) {
    call("operation");
    return Optional.of(new Operation(Progress.SUCCEEDED, null, null));
  }

  @Override
  public synchronized Optional<Status> status(String watcherId, String name, Deadline deadline) {
    call("status");
    Session.Ending ending = new Session.Ending("TimeExceeded", null);
    return Optional.of(new Status(false, "Stopped", ending, T0, null));
  }

  @Override
  public Optional<Duration> stop(String watcherId, String name, Deadline deadline) {
    call("stop");
    return Optional.of(Duration.ofSeconds(10));
  }

  @Override
  public synchronized boolean delete(String watcherId, String name, Deadline deadline)
      throws PortException {
    call("delete");
    return sessions.remove(name) != null;
  }
}
