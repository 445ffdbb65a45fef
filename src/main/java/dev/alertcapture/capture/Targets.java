package dev.alertcapture.capture;

import dev.alertcapture.target.Target;

/** What Azure knows of targets. */
public interface Targets {
  /** The region of a target, normalised: {@code westcentralus}. One request. */
  String region(Target target, Deadline deadline) throws PortException;

  /**
   * Whether an instance that is called by a name is a machine of its own, as those of a flexible
   * scale set are ({@link Target#machine}). One request, or two where the name is not the set's.
   */
  boolean isMachine(Target named, Deadline deadline) throws PortException;
}
