package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.orchestrator.Found.Stored;

/** What came of asking for a slot. */
sealed interface Reservation {
  /**
   * The capture is in STARTING with its slot, its claim renewed.
   *
   * @param putBy until then the PUT may be begun
   * @param actBy until then requests under the renewed claim begin and end
   */
  record Held(Stored stored, Deadline putBy, Deadline actBy) implements Reservation {}

  /** All slots are taken; by whom, in words. */
  record Full(String holders) implements Reservation {}

  /** There is no slot to be had, and why. */
  record Denied(Observation why) implements Reservation {}

  /** Another worker changed the capture: read it again and decide again. */
  record Lost() implements Reservation {}
}
