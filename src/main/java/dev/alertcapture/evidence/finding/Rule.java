package dev.alertcapture.evidence.finding;

/**
 * Says at the end of a file what it shows. Rules run in one order, so that one may take from
 * others.
 */
@FunctionalInterface
public interface Rule {
  void tell(Findings findings);
}
