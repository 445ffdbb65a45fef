package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.session.Parties.SERVER;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Words;
import java.util.List;
import java.util.function.IntPredicate;

/** H-STATUS: plain HTTP/1 answers that are errors. */
final class HttpErrors implements Rule {
  private final Words words;
  private final Parties parties;
  private final Statuses statuses;

  HttpErrors(Context context, Statuses statuses) {
    words = context.words();
    parties = new Parties(context);
    this.statuses = statuses;
  }

  @Override
  public void tell(Findings findings) {
    Fold ofPeers = new Fold();
    Fold own = new Fold();
    long all = 0;
    for (Group group : parties.sessions(findings, Id.H_SLOW, Id.R_RESET)) {
      long answers = group.rows().stream().mapToLong(statuses::answers).sum();
      all += answers;
      Finding finding = answers == 0 ? null : judge(group, answers, findings);
      if (finding != null) {
        Parties.take(findings, finding, failing(group));
        Parties.atLeast(statuses.isFull(), finding);
        (Parties.isOwn(group) ? own : ofPeers).add(finding);
      }
    }
    if (ofPeers.isEmpty() && own.isEmpty() && all > 0) {
      findings.clean(
          Id.H_STATUS, "HTTP errors in no share that matters of " + Say.count(all, "answer"));
    }
    ofPeers.tell(findings);
    own.tell(findings);
  }

  private List<Integer> failing(Group group) {
    return group.rows().stream().filter(this::isFailing).toList();
  }

  private boolean isFailing(int row) {
    for (int e = statuses.lastError(row); e != Records.NONE; e = statuses.before(e)) {
      if (statuses.code(e) >= 400) {
        return true;
      }
    }
    return false;
  }

  private Finding judge(Group group, long answers, Findings findings) {
    Errors failed = new Errors(group, code -> code >= 500);
    if (failed.count >= Thresholds.FAILED_NOTABLE
        && failed.count * 100 >= answers * Thresholds.FAILED_NOTABLE_PERCENT) {
      boolean bad =
          failed.count >= Thresholds.ERRORS_BAD
              && failed.count * 100 >= answers * Thresholds.FAILED_BAD_PERCENT;
      return failed(group, failed, answers, bad ? Severity.BAD : Severity.NOTABLE, findings);
    }
    Errors denied = new Errors(group, HttpErrors::isDenied);
    if (denied.count >= Thresholds.DENIED_NOTABLE && 2 * denied.count >= answers) {
      return finding(group, denied, answers, Severity.NOTABLE, "")
          .next(
              denied.most == 429
                  ? "Ask less of " + parties.shortService(group) + ", or have its limit raised."
                  : "Check the credentials that clients of "
                      + parties.shortService(group)
                      + " use.");
    }
    Errors any = new Errors(group, code -> code >= 400);
    return any.count >= 2 && any.count == answers
        ? finding(group, any, answers, Severity.INFO, "")
        : null;
  }

  private static boolean isDenied(int code) {
    return code == 401 || code == 403 || code == 407 || code == 429;
  }

  private Finding failed(
      Group group, Errors errors, long answers, Severity severity, Findings findings) {
    List<Finding> causes = Parties.isOwn(group) ? Causes.of(findings) : List.of();
    causes.forEach(Finding::cause);
    String waits = causes.isEmpty() ? "" : ": it waits for " + Causes.names(causes);
    Severity own = Causes.notAbove(causes, severity);
    String next =
        !causes.isEmpty()
            ? causes.get(0).next()
            : "Look at the error log behind "
                + parties.shortService(group)
                + ": requests arrive, and it answers with errors.";
    return finding(group, errors, answers, own, waits).next(next);
  }

  private Finding finding(
      Group group, Errors errors, long answers, Severity severity, String more) {
    String whose =
        Parties.isOwn(group)
            ? words.machine() + "'s answers on :" + group.port()
            : "the answers of " + parties.service(group);
    String what =
        errors.ofMost == errors.count
            ? "are " + errors.most
            : "are errors, most of them " + errors.most;
    return new Finding(
            Id.H_STATUS,
            severity,
            (statuses.isFull() ? "At least " : "")
                + Say.percent(errors.count, answers)
                + " of "
                + whose
                + " "
                + what
                + " ("
                + Say.of(errors.count, answers)
                + ")"
                + more
                + ".")
        .about(parties.subject(group))
        .blames(Parties.verdict(group, SERVER))
        .brief(parties.shortService(group) + " answers with " + errors.most)
        .threshold(Thresholds.ERRORS, Thresholds.ERRORS_WHY)
        .number("errors", errors.count)
        .number("answers", answers)
        .number("status", errors.most)
        .share(errors.count, answers)
        .proof(
            errors.count,
            answers,
            errors.cited,
            parties.filter(group, SERVER) + " && tcp.payload contains \"HTTP/1.\"",
            true);
  }

  /** A group's answers with some codes. */
  private final class Errors {
    final Cited cited = new Cited();
    long count;
    long ofMost;
    int most;

    Errors(Group group, IntPredicate wanted) {
      long[] counts = new long[1000];
      for (int row : group.rows()) {
        for (int e = statuses.lastError(row); e != Records.NONE; e = statuses.before(e)) {
          if (wanted.test(statuses.code(e))) {
            count++;
            counts[statuses.code(e)]++;
            cited.add(statuses.frame(e), row, 0);
          }
        }
      }
      for (int code = 0; code < counts.length; code++) {
        if (counts[code] > ofMost) {
          ofMost = counts[code];
          most = code;
        }
      }
    }
  }
}
