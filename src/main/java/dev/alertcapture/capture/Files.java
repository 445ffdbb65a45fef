package dev.alertcapture.capture;

import java.util.OptionalLong;

/** The files that captures leave in storage accounts. */
public interface Files {
  /**
   * The size of a file in bytes; empty where there is none yet. A {@link Trouble} with a reason
   * means that the account does not let us look.
   */
  OptionalLong size(String storagePath, Deadline deadline) throws Trouble;
}
