package dev.alertcapture.capture;

/** A way to tell people. */
public interface Channel {
  /**
   * Tells of a capture's entering a state. May be repeated; the message's id stays the same for the
   * same capture and state.
   */
  void send(Capture capture, CaptureState about, Deadline deadline) throws PortException;
}
