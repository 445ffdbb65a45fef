package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Rule;
import java.util.List;
import java.util.function.Consumer;

/** The rules of this package. */
public final class TransferRules {
  private final VanishingPackets vanishing;
  private final StoppedReaders readers;
  private final Losses losses;
  private final FullWindows full;
  private final RoundTrips roundTrips;
  private final Pings pings;
  private final PathMtu mtu;
  private final FragmentWatch fragments;

  /**
   * @param watch takes those that watch packets
   */
  public TransferRules(Context context, Consumer<Object> watch) {
    Resends resends = new Resends(context);
    ZeroWindows windows = new ZeroWindows(context);
    watch.accept(resends);
    watch.accept(windows);
    BlackHoles holes = new BlackHoles(context);
    watch.accept(holes);
    vanishing = new VanishingPackets(context, holes);
    readers = new StoppedReaders(context, windows);
    losses = new Losses(context, resends);
    full = new FullWindows(context);
    watch.accept(full);
    roundTrips = new RoundTrips(context);
    pings = new Pings(context);
    watch.accept(pings);
    mtu = new PathMtu(context);
    watch.accept(mtu);
    fragments = new FragmentWatch(context);
    watch.accept(fragments);
  }

  /** What takes connections that would else be called silent or dead. */
  public List<Rule> early() {
    return List.of(vanishing);
  }

  /** All others, after those that take silent and dead connections. */
  public List<Rule> late() {
    return List.of(readers, losses, full, roundTrips, pings, mtu, fragments);
  }
}
