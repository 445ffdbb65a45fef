package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.names.NamesListener;

/** Lets whoever wants to see packets, names or both see them, in the order in which they come. */
final class Watchers {
  private final Tracker tracker;
  private final Names names;

  Watchers(Tracker tracker, Names names) {
    this.tracker = tracker;
    this.names = names;
  }

  <T> T add(T watcher) {
    if (watcher instanceof Analyser analyser) {
      tracker.add(analyser);
    }
    if (watcher instanceof NamesListener listener) {
      names.add(listener);
    }
    return watcher;
  }
}
