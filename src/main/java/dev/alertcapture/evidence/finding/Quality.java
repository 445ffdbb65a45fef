package dev.alertcapture.evidence.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How far a capture can be trusted: first of all things, for it silences what it does not allow.
 */
public final class Quality {
  /**
   * A reason for less trust, or a fact about the capture.
   *
   * @param id {@code Q-MISSED} and the like
   * @param say one sentence
   * @param count how many
   * @param frames a few of them, ascending
   */
  public record Reason(String id, String say, long count, List<Integer> frames) {}

  private final List<Reason> reasons = new ArrayList<>();
  private final Map<Need, String> denied = new EnumMap<>(Need.class);
  private Trust loss = Trust.TRUSTWORTHY;
  private Trust timing = Trust.TRUSTWORTHY;
  private Trust volume = Trust.TRUSTWORTHY;

  public void add(Reason reason) {
    reasons.add(reason);
  }

  /** Lowers the trust in loss, to not less than it is. */
  public void loss(Trust trust, String because) {
    loss = worse(loss, trust, Need.LOSS, because);
  }

  public void timing(Trust trust, String because) {
    timing = worse(timing, trust, Need.TIMING, because);
  }

  public void volume(Trust trust, String because) {
    volume = worse(volume, trust, Need.VOLUME, because);
  }

  private Trust worse(Trust old, Trust trust, Need need, String because) {
    if (trust == Trust.NOT_TRUSTWORTHY) {
      deny(need, because);
    }
    return trust.compareTo(old) > 0 ? trust : old;
  }

  /** The capture does not give this. */
  public void deny(Need need, String because) {
    denied.putIfAbsent(need, because);
  }

  /** Why a rule has to be silent, or null where it may speak. */
  public String silences(Id id) {
    for (Need need : id.needs()) {
      String because = denied.get(need);
      if (because != null) {
        return because;
      }
    }
    return null;
  }

  /** Whether there is a reason of this id. */
  public boolean has(String id) {
    return reasons.stream().anyMatch(each -> each.id().equals(id));
  }

  public boolean gives(Need need) {
    return !denied.containsKey(need);
  }

  public Trust loss() {
    return loss;
  }

  public Trust timing() {
    return timing;
  }

  public Trust volume() {
    return volume;
  }

  public List<Reason> reasons() {
    return reasons;
  }
}
