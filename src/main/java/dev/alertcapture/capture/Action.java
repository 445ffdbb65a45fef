package dev.alertcapture.capture;

import java.time.Instant;

/** What a capture needs next. {@link Steps#next} says it; the orchestrator does it. */
public sealed interface Action {
  /** Ask where the target is. */
  record FindRegion() implements Action {}

  /** Reserve a slot, put the intent on record, and send the PUT. */
  record Start() implements Action {}

  /** See whether the session of our name is there, and how it fares. */
  record LookForSession() implements Action {}

  /** Follow the URL that the PUT answered. */
  record FollowOperation() implements Action {}

  /** Ask whether packets are still being captured. */
  record QueryStatus() implements Action {}

  /** End the session; its file stays. */
  record StopSession() implements Action {}

  /** Delete the session; its file stays. */
  record DeleteSession() implements Action {}

  /** See whether the file is in the storage account. */
  record LookAtFile() implements Action {}

  /** It is to end before it has begun: reject it. */
  record Reject() implements Action {}

  /** Remove the capture from the store. */
  record Forget() implements Action {}

  /** A short wait on which the start of a capture hangs: whoever has the time stays. */
  record Stay(Instant until) implements Action {}

  /** Nothing to do before then. Messages go by times of their own. */
  record Wait(Instant until) implements Action {}
}
