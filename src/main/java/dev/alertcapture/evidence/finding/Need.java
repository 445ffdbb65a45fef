package dev.alertcapture.evidence.finding;

/** What a rule needs of a capture; where the capture does not give it, the rule is silent. */
public enum Need {
  /** Lost packets can be told from packets that the capture missed. */
  LOSS,
  /** What the capture missed is too little to be taken for a peer's losses. */
  LOSS_BY_PEER,
  /** Times can be trusted. */
  TIMING,
  /** Amounts can be trusted. */
  VOLUME,
  /** Both directions are there, so that a missing answer means something. */
  BOTH_DIRECTIONS,
  /** It is known which addresses are the machine's own. */
  OWN_SIDE,
  /** The session had no filters. */
  NO_FILTER,
  /** The capture is long enough for a rate. */
  LENGTH
}
