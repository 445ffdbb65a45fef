package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.packet.Packet;
import java.util.List;

/** The rules about sessions, and what they watch. */
public final class Sessions {
  // Types of records: at most a few of these in a flow,
  static final int RESET = 1;
  static final int SILENCE = 2;
  static final int ALERT = 3;

  // and any number of these.
  static final int SLOW = 4;
  static final int STATUS = 5;

  private final List<Analyser> watchers;
  private final List<Rule> dead;
  private final List<Rule> live;

  public Sessions(Context context) {
    Records few = new Records(context, 6);
    Records slow = new Records(context, 3);
    Records errors = new Records(context, 2);
    Endings endings = new Endings(context);
    Statuses statuses = new Statuses(context, errors);
    Requests requests = new Requests(context, statuses, endings, slow);
    TlsHandshakes handshakes = new TlsHandshakes(context, few);
    Silences silences = new Silences(context, endings, few);
    Resets resets = new Resets(context, endings, silences, few);
    Senders senders = new Senders(context, resets);
    Pauses pauses = new Pauses(context);
    // What asks when data came before has to be ahead of what notes when it comes.
    watchers =
        List.of(
            requests,
            handshakes,
            resets,
            silences,
            endings,
            senders,
            pauses,
            new Closing(few, slow, errors));
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

  /** Gives the rows their records, after all others added theirs. */
  private record Closing(Records... records) implements Analyser {
    @Override
    public void packet(Packet packet, Analysis analysis) {
      // Records are made by others.
    }

    @Override
    public void closed(int flow) {
      for (Records each : records) {
        each.closed(flow);
      }
    }
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
