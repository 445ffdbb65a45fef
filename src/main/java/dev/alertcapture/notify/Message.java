package dev.alertcapture.notify;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import java.util.Map;
import java.util.function.Supplier;

/** The form in which a channel takes news. */
public interface Message {
  /** What captures call the channel that takes it. */
  String name();

  /** The media type of the body. */
  String contentType();

  /** A capture's entering a state, as JSON. */
  String json(Capture capture, CaptureState about);

  /** Headers that the channel wants besides. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /**
   * What an answer means, since a status may not say all of it.
   *
   * @param start the first kilobyte of the answer's body, which is read when it is asked for; empty
   *     where it does not come in time
   */
  default Meaning meaning(int status, Supplier<String> start) {
    return new Meaning(status, "");
  }

  /**
   * The meaning of an answer.
   *
   * @param status the one that counts
   * @param why in the channel's words, as far as they are known words: a body is anybody's text,
   *     and may repeat a secret; empty where there are none
   */
  record Meaning(int status, String why) {}
}
