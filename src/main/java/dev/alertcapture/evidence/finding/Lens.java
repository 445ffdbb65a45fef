package dev.alertcapture.evidence.finding;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What an alert's metric asks of the packets. Names are Azure's, as REST and the portal have them
 * (Azure Monitor, "Supported metrics for Microsoft.Compute/virtualMachines").
 */
public enum Lens {
  NETWORK_IN(Id.S_FLOOD, Id.S_SCAN, Id.S_REFLECT),
  NETWORK_OUT(Id.S_FLOOD, Id.S_SCAN, Id.S_REFLECT),
  INBOUND_FLOWS(Id.S_FLOOD, Id.S_SCAN, Id.C_CHURN, Id.C_HALF),
  OUTBOUND_FLOWS(Id.S_FLOOD, Id.S_SCAN, Id.C_CHURN, Id.C_HALF),
  INBOUND_FLOW_RATE(Id.S_FLOOD, Id.S_SCAN, Id.C_CHURN, Id.C_REFUSED),
  OUTBOUND_FLOW_RATE(Id.S_FLOOD, Id.S_SCAN, Id.C_CHURN, Id.C_REFUSED),
  CPU(Id.C_CHURN),
  AVAILABILITY(Id.P_PLATFORM),
  DISK,
  MEMORY(Id.W_ZERO),
  GUEST_TCP(Id.L_OUT, Id.R_RESET),
  /** No metric, or one that is not known: the general order. */
  NONE;

  /** Never changed after the constructor. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Id> answers = EnumSet.of(Id.M_METRIC, Id.M_OVER, Id.M_NOTNET);

  Lens(Id... more) {
    answers.addAll(Set.of(more));
  }

  /** Whether a finding of this kind answers what the metric asks. */
  public boolean isAnsweredBy(Id id) {
    return answers.contains(id);
  }

  /** The metric counts bytes. */
  public boolean countsBytes() {
    return this == NETWORK_IN || this == NETWORK_OUT;
  }

  /** The metric counts flows that are there, as a level. */
  public boolean countsFlows() {
    return this == INBOUND_FLOWS || this == OUTBOUND_FLOWS;
  }

  /** The metric counts flows that begin. */
  public boolean countsNewFlows() {
    return this == INBOUND_FLOW_RATE || this == OUTBOUND_FLOW_RATE;
  }

  /** The metric is about the network, so the packets can show what it counts. */
  public boolean isOfNetwork() {
    return countsBytes() || countsFlows() || countsNewFlows();
  }

  /** The metric counts what comes in, of those that have a direction. */
  public boolean isInbound() {
    return this == NETWORK_IN || this == INBOUND_FLOWS || this == INBOUND_FLOW_RATE;
  }

  /** The lens of a metric's name; {@link #NONE} for null and what is not known. */
  public static Lens of(String metric) {
    if (metric == null) {
      return NONE;
    }
    String name = metric.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9/]", "");
    if (name.startsWith("networkin")) {
      return NETWORK_IN;
    } else if (name.startsWith("networkout")) {
      return NETWORK_OUT;
    } else if (name.startsWith("inboundflowsmaximumcreationrate")) {
      return INBOUND_FLOW_RATE;
    } else if (name.startsWith("outboundflowsmaximumcreationrate")) {
      return OUTBOUND_FLOW_RATE;
    } else if (name.startsWith("inboundflows")) {
      return INBOUND_FLOWS;
    } else if (name.startsWith("outboundflows")) {
      return OUTBOUND_FLOWS;
    } else if (name.contains("tcp") || name.contains("retransmi")) {
      return GUEST_TCP;
    } else if (name.contains("cpu") || name.contains("processor")) {
      return CPU;
    } else if (name.startsWith("vmavailab")) {
      return AVAILABILITY;
    } else if (name.contains("memory")) {
      return MEMORY;
    } else if (name.contains("disk")) {
      return DISK;
    }
    return NONE;
  }
}
