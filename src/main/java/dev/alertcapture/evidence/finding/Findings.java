package dev.alertcapture.evidence.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the rules have told so far. What the capture's quality does not allow is kept apart, so no
 * rule has to ask for it. A row of the {@link FlowLog} that a finding explains is taken by it, and
 * left alone by the rules that come after.
 */
public final class Findings {
  /**
   * A rule that could not be applied.
   *
   * @param wouldBeLoud it had found something, which would have been notable or bad
   */
  public record Silenced(Id id, String because, boolean wouldBeLoud) {}

  private final Quality quality;
  private final Id[] takers;
  private final List<Finding> told = new ArrayList<>();
  private final Map<Id, Silenced> silenced = new EnumMap<>(Id.class);
  private final Map<Id, String> clean = new EnumMap<>(Id.class);
  private String inconclusive;

  /** For a log with so many rows. */
  public Findings(Quality quality, int rows) {
    this.quality = quality;
    takers = new Id[rows];
    for (Id id : Id.values()) {
      String because = quality.silences(id);
      if (because != null) {
        silenced.put(id, new Silenced(id, because, false));
      }
    }
  }

  public Quality quality() {
    return quality;
  }

  /** Adds a finding; false where the capture's quality silences it. */
  public boolean add(Finding finding) {
    Silenced silence = silenced.get(finding.id());
    if (silence != null) {
      boolean loud = silence.wouldBeLoud() || finding.severity().isLoud();
      silenced.put(finding.id(), new Silenced(finding.id(), silence.because(), loud));
      return false;
    }
    told.add(finding);
    return true;
  }

  /** The rule looked and found nothing; with the number that shows it: "0 of 210 connects". */
  public void clean(Id id, String number) {
    if (!silenced.containsKey(id)) {
      clean.put(id, number);
    }
  }

  /** The rule can't say, for a reason of its own. */
  public void notChecked(Id id, String because) {
    silenced.putIfAbsent(id, new Silenced(id, because, false));
  }

  /** Nothing can be concluded where nothing loud was found: the first reason counts. */
  public void inconclusive(String because) {
    inconclusive = inconclusive == null ? because : inconclusive;
  }

  /** Null where what was found, or not, can be concluded from. */
  public String inconclusive() {
    return inconclusive;
  }

  /** Whether the rule has to be silent. */
  public boolean silences(Id id) {
    return silenced.containsKey(id);
  }

  /** A finding explains this row; the first one keeps it. */
  public void take(int row, Id id) {
    if (takers[row] == null) {
      takers[row] = id;
    }
  }

  /** What explains this row, or null. */
  public Id taker(int row) {
    return takers[row];
  }

  public boolean isTaken(int row) {
    return takers[row] != null;
  }

  /** All findings, in the order in which they were told. */
  public List<Finding> all() {
    return told;
  }

  public List<Finding> of(Id id) {
    return told.stream().filter(each -> each.id() == id).toList();
  }

  public boolean has(Id id) {
    return told.stream().anyMatch(each -> each.id() == id);
  }

  public boolean hasLoud(Id id) {
    return told.stream().anyMatch(each -> each.id() == id && each.severity().isLoud());
  }

  /** What was checked and is clean, by id. */
  public Map<Id, String> clean() {
    return clean;
  }

  /** What could not be checked, by id. */
  public Map<Id, Silenced> notChecked() {
    return silenced;
  }
}
