package dev.alertcapture.evidence.flow;

/** What is known of a file's flows, for analysers to read; the {@link Tracker} writes it. */
public final class Tables {
  private static final int MAX_FLOWS = 245_760;
  private static final int LEAST_FLOWS = 1024;

  /** About 370 bytes are a flow's, so that flows take about a third of the heap. */
  private static final int HEAP_PER_FLOW = 1024;

  public final Timeline timeline = new Timeline();
  public final Addresses addresses;
  public final Flows flows;
  public final HalfOpen attempts;
  public final Traffic traffic = new Traffic();
  public final Handshakes handshakes = new Handshakes();
  public final Marking marking = new Marking();
  public final Acknowledgments acknowledgments = new Acknowledgments(handshakes, marking);
  public final Sequences sequences = new Sequences(acknowledgments);

  long foldedFlows;
  long foldedAttempts;

  /** Tables for a heap of so many bytes: 245,760 flows and as many attempts from 256 MiB on. */
  public Tables(long heap) {
    long fit = heap / HEAP_PER_FLOW;
    int most = (int) Math.max(LEAST_FLOWS, Math.min(MAX_FLOWS, fit - fit / 16));
    addresses = new Addresses(3 * most);
    flows = new Flows(addresses, most);
    attempts = new HalfOpen(addresses, most);
    flows.add(traffic);
    flows.add(handshakes);
    flows.add(marking);
    flows.add(acknowledgments);
    flows.add(sequences);
  }

  /** Flows that had to end before their time, since the table was full. */
  public long foldedFlows() {
    return foldedFlows;
  }

  /** Attempts that had to. */
  public long foldedAttempts() {
    return foldedAttempts;
  }
}
