package dev.alertcapture.evidence.finding;

import static dev.alertcapture.evidence.finding.Need.BOTH_DIRECTIONS;
import static dev.alertcapture.evidence.finding.Need.LENGTH;
import static dev.alertcapture.evidence.finding.Need.LOSS;
import static dev.alertcapture.evidence.finding.Need.LOSS_BY_PEER;
import static dev.alertcapture.evidence.finding.Need.NO_FILTER;
import static dev.alertcapture.evidence.finding.Need.OWN_SIDE;
import static dev.alertcapture.evidence.finding.Need.TIMING;
import static dev.alertcapture.evidence.finding.Need.VOLUME;

import java.util.List;

/** The catalogue of findings, in its order, which is the order of equal ones in a report. */
public enum Id {
  M_METRIC("what the metric counted"),
  M_OVER("over before the packets began", VOLUME, NO_FILTER, LENGTH),
  M_NOTNET("not the network", VOLUME),
  I_IMPACT("users", BOTH_DIRECTIONS, LOSS),
  T_TALKERS("top peers"),
  T_PROTO("top ports"),
  T_NAMES("top names"),
  T_SELF("the capture's own upload"),
  C_NOANSWER("unanswered connects", BOTH_DIRECTIONS),
  C_DEAF("unanswered connects to this machine", BOTH_DIRECTIONS, OWN_SIDE),
  C_RETRY("connects that needed a second SYN", BOTH_DIRECTIONS),
  C_REFUSED("refused connects"),
  C_PROHIBITED("prohibited connects"),
  C_UNREACH("unreachable peers"),
  C_UNHEARD("answers that this machine does not take", BOTH_DIRECTIONS, OWN_SIDE),
  C_EGRESS("the way out", BOTH_DIRECTIONS, OWN_SIDE),
  C_SNAT("SNAT ports", BOTH_DIRECTIONS, OWN_SIDE),
  C_PROBE("load balancer probes", BOTH_DIRECTIONS, OWN_SIDE),
  C_HALF("half-open connections", BOTH_DIRECTIONS),
  C_STALE("old connections that are dead", BOTH_DIRECTIONS),
  C_SILENT("connections that fell silent", BOTH_DIRECTIONS),
  C_SHORT("sessions that end at once", BOTH_DIRECTIONS),
  C_CHURN("connections that are not reused"),
  R_RESET("resets", BOTH_DIRECTIONS),
  L_OUT("loss after this machine", LOSS, LOSS_BY_PEER),
  L_BACK("loss of acknowledgments", LOSS, LOSS_BY_PEER),
  L_IN("loss before this machine", LOSS, LOSS_BY_PEER),
  L_SPURIOUS("needless resends", LOSS, LOSS_BY_PEER),
  W_ZERO("closed receive windows", TIMING),
  W_FULL("full receive windows", TIMING),
  H_RTT("round trips", TIMING),
  H_SLOW("slow answers", BOTH_DIRECTIONS, LOSS, TIMING),
  H_STATUS("HTTP errors"),
  N_PAUSE("pauses", TIMING, NO_FILTER),
  D_FAIL("failed lookups"),
  D_EMPTY("lookups without an address"),
  D_NOANSWER("unanswered lookups", BOTH_DIRECTIONS),
  D_SLOW("slow lookups", BOTH_DIRECTIONS, TIMING),
  D_PRIVATE("private endpoints"),
  P_PLATFORM("Azure's own services", BOTH_DIRECTIONS),
  P_MTU("packets that are too big"),
  P_BLACKHOLE("full-size packets that vanish", BOTH_DIRECTIONS, LOSS),
  F_FRAG("fragments"),
  S_SCAN("scans"),
  S_FLOOD("SYN floods", OWN_SIDE),
  S_REFLECT("reflection", OWN_SIDE),
  X_REUSE("ports used again too soon"),
  T_TLS("TLS handshakes");

  private final String subject;

  /** Immutable. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Need> needs;

  Id(String subject, Need... needs) {
    this.subject = subject;
    this.needs = List.of(needs);
  }

  /** As a report has it: {@code C-NOANSWER}. */
  public String text() {
    return name().replace('_', '-');
  }

  /** What the rule looks at, for the lists of what was checked and what could not be. */
  public String subject() {
    return subject;
  }

  public List<Need> needs() {
    return needs;
  }
}
