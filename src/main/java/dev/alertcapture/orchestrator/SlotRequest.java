package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Observation;

/** A capture that wants a slot, and what came of it. Used by one thread at a time. */
final class SlotRequest {
  private final Claims.Held held;
  private final String name;
  private final Deadline deadline;
  private Reservation answer;

  SlotRequest(Claims.Held held, String name, Deadline deadline) {
    this.held = held;
    this.name = name;
    this.deadline = deadline;
  }

  Claims.Held held() {
    return held;
  }

  Capture capture() {
    return held.capture();
  }

  /** The name that its session will have. */
  String name() {
    return name;
  }

  /** Of the call that wants it. */
  Deadline deadline() {
    return deadline;
  }

  /** Null while it is not known. */
  Reservation answer() {
    return answer;
  }

  boolean isOpen() {
    return answer == null;
  }

  boolean isFull() {
    return answer instanceof Reservation.Full;
  }

  void answer(Reservation known) {
    answer = known;
  }

  void deny(Observation why) {
    answer = new Reservation.Denied(why);
  }

  /** To be tried once more. */
  void reopen() {
    answer = null;
  }
}
