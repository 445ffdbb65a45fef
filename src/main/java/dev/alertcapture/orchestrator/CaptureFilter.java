package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.target.Target;
import java.util.Arrays;

/**
 * Which captures to list.
 *
 * @param state null for any
 * @param target null for any
 */
public record CaptureFilter(CaptureState state, Target target, int limit) {
  private static final int MAX = 200;

  /** From texts as they come in a query; throws with a message that says what is right. */
  public static CaptureFilter of(String state, String target, String limit) {
    return new CaptureFilter(stateOf(state), targetOf(target), limitOf(limit));
  }

  private static CaptureState stateOf(String text) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(CaptureState.values())
        .filter(state -> state.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new BadRequest("state is one of " + Arrays.toString(CaptureState.values())));
  }

  private static Target targetOf(String text) {
    return text == null
        ? null
        : Target.parse(text)
            .orElseThrow(
                () -> new BadRequest("target is the ARM id of a virtual machine or scale set"));
  }

  private static int limitOf(String text) {
    if (text == null) {
      return MAX;
    }
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX) {
      throw new BadRequest("limit is a number from 1 to " + MAX);
    }
    return Integer.parseInt(text);
  }

  /** Whether there is no filter but the limit. */
  boolean takesAll() {
    return state == null && target == null;
  }

  boolean takes(Capture c) {
    return (state == null || c.state() == state) && (target == null || c.target().equals(target));
  }
}
