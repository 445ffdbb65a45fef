package dev.alertcapture.evidence.report;

/**
 * Members of the report that a part of the analysis writes itself: totals, talkers and the like.
 */
@FunctionalInterface
public interface Section {
  void write(Json json);
}
