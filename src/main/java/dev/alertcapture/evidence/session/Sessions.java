package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.flow.Analyser;
import java.util.List;

/** The rules about sessions, and what they watch. */
public final class Sessions {
  private final List<Analyser> watchers;
  private final List<Rule> dead;
  private final List<Rule> live;

  public Sessions(Context context) {
    Statuses statuses = new Statuses(context);
    Requests requests = new Requests(context, statuses);
    Endings endings = new Endings(context);
    TlsHandshakes handshakes = new TlsHandshakes(context);
    Pauses pauses = new Pauses(context);
    Silences silences = new Silences(context);
    Resets resets = new Resets(context, endings);
    Senders senders = new Senders(context, resets);
    watchers = List.of(requests, endings, handshakes, resets, senders, silences, pauses);
    dead = List.of(new StaleSessions(context, silences), new SilentSessions(context, silences));
    live =
        List.of(
            new FailedTls(context, handshakes, endings),
            new SlowAnswers(context, requests),
            new ResetSessions(context, resets, senders, requests, handshakes),
            new HttpErrors(context, statuses),
            new ShortSessions(context, endings, requests, handshakes),
            new Churn(context, endings),
            pauses);
  }

  /** What has to see packets. */
  public List<Analyser> watchers() {
    return watchers;
  }

  /** Dead and silent sessions: told before loss, which they would look like. */
  public List<Rule> dead() {
    return dead;
  }

  /** TLS, slow answers, resets: told after what explains them. */
  public List<Rule> live() {
    return live;
  }
}
