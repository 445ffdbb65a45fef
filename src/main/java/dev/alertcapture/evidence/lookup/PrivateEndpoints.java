package dev.alertcapture.evidence.lookup;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.lookup.LookupLog.PublicEndpoint;

/** D-PRIVATE: a service has a private endpoint, and this network goes to its public address. */
final class PrivateEndpoints implements Rule {
  private final Context context;
  private final LookupLog log;

  PrivateEndpoints(Context context, LookupLog log) {
    this.context = context;
    this.log = log;
  }

  @Override
  public void tell(Findings findings) {
    for (PublicEndpoint endpoint : log.endpoints()) {
      String name = context.words().name(endpoint.name());
      if (name == null) {
        continue;
      }
      Cited cited = new Cited();
      cited.add(endpoint.frame(), 0, 0);
      boolean fails = fails(findings, endpoint.address());
      String address = context.words().address(endpoint.address());
      findings.add(
          new Finding(
                  Id.D_PRIVATE,
                  fails ? Severity.NOTABLE : Severity.INFO,
                  name
                      + " goes over privatelink to the public address "
                      + address
                      + ": this network does not use the private endpoint's zone"
                      + (fails ? ", and connections there fail." : "."))
              .about(Subject.of(address, 0, null, name))
              .blames(Verdict.NAMES)
              .proof(1, 0, cited, "dns.flags.response == 1", true)
              .next("Link the privatelink zone to this machine's network, if it is to use it."));
    }
  }

  private boolean fails(Findings findings, int address) {
    FlowLog flows = context.log();
    for (int row = 0; row < flows.size(); row++) {
      if (flows.server(row) == address && address >= 0 && findings.isTaken(row)) {
        return true;
      }
    }
    return false;
  }
}
