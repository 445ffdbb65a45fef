package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.packet.Packet;
import java.util.List;
import java.util.function.Consumer;

/** The rules about sessions, and what they watch. */
public final class Sessions {
  // Types of records: at most a few of these in a flow,
  static final int RESET = 1;
  static final int SILENCE = 2;
  static final int ALERT = 3;

  // and any number of these.
  static final int SLOW = 4;
  static final int STATUS = 5;

  private final List<Rule> dead;
  private final List<Rule> live;

  /**
   * @param watch takes what has to see packets and names
   */
  public Sessions(Context context, Consumer<Object> watch) {
    Records few = new Records(context, 6);
    Records slow = new Records(context, 4);
    Records errors = new Records(context, 2);
    SlowLookups lookups = new SlowLookups(context);
    Endings endings = new Endings(context);
    Statuses statuses = new Statuses(context, errors);
    Requests requests = new Requests(context, statuses, endings, new SlowRequests(slow, lookups));
    TlsHandshakes handshakes = new TlsHandshakes(context, few);
    Silences silences = new Silences(context, endings, few);
    Resets resets = new Resets(context, endings, silences, few);
    Senders senders = new Senders(context, resets);
    Pauses pauses = new Pauses(context);
    // What asks when data came before has to be ahead of what notes when it comes.
    List.of(
            lookups,
            requests,
            handshakes,
            resets,
            silences,
            endings,
            senders,
            pauses,
            new Closing(List.of(few, slow, errors)))
        .forEach(watch);
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
  private record Closing(List<Records> records) implements Analyser {
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

  /** Dead and silent sessions: told before loss, which they would look like. */
  public List<Rule> dead() {
    return dead;
  }

  /** TLS, slow answers, resets: told after what explains them. */
  public List<Rule> live() {
    return live;
  }
}
