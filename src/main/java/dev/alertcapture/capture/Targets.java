package dev.alertcapture.capture;

import dev.alertcapture.target.Target;

/** What Azure knows of targets. */
public interface Targets {
  /** The region of a target, normalised: {@code westcentralus}. One request. */
  String region(Target target, Deadline deadline) throws PortException;
}
