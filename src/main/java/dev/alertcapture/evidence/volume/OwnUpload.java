package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.names.NameTable;
import dev.alertcapture.evidence.self.Platform;
import dev.alertcapture.evidence.self.Sides;

/** T-SELF: how much of what goes out is the capture on its way to its storage account. */
final class OwnUpload implements Rule {
  private static final int HTTPS = 443;

  private final Context context;
  private final Totals totals;
  private final FlowList flows;

  OwnUpload(Context context, Totals totals, FlowList flows) {
    this.context = context;
    this.totals = totals;
    this.flows = flows;
  }

  @Override
  public void tell(Findings findings) {
    if (!context.ownKnown()) {
      return;
    }
    if (totals.upload() > 0) {
      String share = Say.percent(totals.upload(), totals.bytes(Sides.OUT));
      findings.add(
          new Finding(
                  Id.T_SELF,
                  Severity.INFO,
                  share + " of what goes out is this capture's own upload.")
              .blames(Verdict.NOTHING_FOUND)
              .number("bytes", totals.upload()));
      return;
    }
    flows.top(1).stream()
        .filter(this::mayBeUpload)
        .findFirst()
        .ifPresent(row -> maybe(findings, row));
  }

  private void maybe(Findings findings, int row) {
    String peer = context.words().service(context.log().server(row), HTTPS, NameTable.NONE);
    findings.add(
        new Finding(
                Id.T_SELF,
                Severity.INFO,
                "The connection to "
                    + peer
                    + " was open before the capture and sends "
                    + Say.bytes(context.log().bytes(row, 0))
                    + ": it may be this capture's own upload.")
            .blames(Verdict.NOTHING_FOUND)
            .number("bytes", context.log().bytes(row, 0)));
  }

  /** An older HTTPS connection of which no name is known, that mostly sends to a public address. */
  private boolean mayBeUpload(int row) {
    FlowLog log = context.log();
    Addresses addresses = context.tables().addresses;
    int server = log.server(row);
    return log.isTcp(row)
        && log.direction(row) == FlowLog.OUT
        && log.serverPort(row) == HTTPS
        && !log.isFromStart(row)
        && log.name(row) == NameTable.NONE
        && log.bytes(row, 0) > 10 * log.bytes(row, 1)
        && server >= 0
        && Platform.isPublic(addresses.high(server), addresses.low(server));
  }
}
