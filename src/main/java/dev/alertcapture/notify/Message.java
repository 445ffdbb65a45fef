package dev.alertcapture.notify;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;

/** The form in which a channel takes news. */
public interface Message {
  /** What captures call the channel that takes it. */
  String name();

  /** The media type of the body. */
  String contentType();

  /** A capture's entering a state, as JSON. */
  String json(Capture capture, CaptureState about);
}
