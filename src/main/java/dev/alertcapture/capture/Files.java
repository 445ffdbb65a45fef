package dev.alertcapture.capture;

import java.util.List;
import java.util.OptionalLong;

/**
 * The files that captures leave in storage accounts. A {@link PortException} with a reason means
 * that the account does not let us look.
 */
public interface Files {
  /** The size of a file in bytes; empty where there is none yet. */
  OptionalLong size(String storagePath, Deadline deadline) throws PortException;

  /**
   * The files whose paths begin as this one does, its ending aside. A scale set's session leaves
   * one for each instance, under names that no document tells; the first 1000 of them.
   */
  List<CaptureFile.Part> beside(String storagePath, Deadline deadline) throws PortException;
}
