package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.packet.Decoder;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.pcap.CaptureReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.IntPredicate;

/**
 * Concludes the own side from the first packets of a file: all rules look at them, and the first
 * one that then knows an own address decides.
 */
final class Inference implements Analyser {
  private static final long MAX_BYTES = 8 << 20;
  private static final int MAX_FRAMES = 50_000;

  /** Room for a flow of each frame; what is not used is never allocated. */
  private static final long HEAP = 64 << 20;

  private final Tables tables = new Tables(HEAP);
  private final AddressIndex addresses = new AddressIndex();
  private final Macs macs = new Macs();
  private final CookedRule cooked = new CookedRule();
  private final AzureRule azure = new AzureRule(addresses, macs);
  private final HandshakeRule handshakes = new HandshakeRule(macs);
  private long frame;

  private Inference() {}

  /** Reads a file's first bytes, as they are in the file. */
  static OwnSide from(byte[] bytes, int length) {
    int count = Math.max(0, Math.min(length, bytes.length));
    Inference inference = new Inference();
    try {
      inference.read(new CaptureReader(new ByteArrayInputStream(bytes, 0, count), MAX_BYTES));
    } catch (IOException e) {
      throw new AssertionError("an array can be read", e);
    }
    return inference.conclude();
  }

  private void read(CaptureReader reader) throws IOException {
    Tracker tracker = new Tracker(tables);
    tracker.add(this);
    Decoder decoder = new Decoder();
    while (frame < MAX_FRAMES && reader.next()) {
      frame = reader.record().frame;
      if (reader.record().packet) {
        tracker.packet(decoder.decode(reader.record()));
      }
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    macs.frame(p);
    boolean arp = p.transport == Packet.ARP;
    if (p.version == 0 && !arp) {
      return;
    }
    int source = addresses.add(p.sourceHigh, p.sourceLow);
    int destination = addresses.add(p.destinationHigh, p.destinationLow);
    if (arp) {
      azure.arp(p, source);
      cooked.arp(p, source);
      return;
    }
    if (source != destination && isHost(source)) {
      macs.source(p.sourceMac, source);
    }
    cooked.packet(p, source, destination);
    azure.packet(p, source, destination);
    int near = Votes.nearSide(tables, p, a);
    if (near >= 0) {
      handshakes.vote(near == a.side ? source : destination, near == a.side ? destination : source);
    }
  }

  private boolean isHost(int address) {
    return Platform.isHost(addresses.high(address), addresses.low(address));
  }

  private OwnSide conclude() {
    azure.end();
    handshakes.end(addresses.count());
    AddressIndex own = all(cooked::isOwn);
    if (own.count() > 0) {
      return new OwnSide(OwnSide.How.COOKED, "by the direction of its frames", own, frame);
    }
    own = all(azure::isOwn);
    if (own.count() > 0) {
      return new OwnSide(OwnSide.How.AZURE, "by Azure's addresses", own, frame);
    }
    own = all(azure::isLoneAsker);
    if (own.count() > 0) {
      return new OwnSide(OwnSide.How.AZURE, "as the only one that asks by ARP", own, frame);
    }
    own = all(handshakes::isOwn);
    if (own.count() > 0) {
      return new OwnSide(OwnSide.How.HANDSHAKES, "by the timing of handshakes", own, frame);
    }
    return OwnSide.NOBODY;
  }

  /** The addresses of a kind, without those that are never a machine's own. */
  private AddressIndex all(IntPredicate kind) {
    AddressIndex own = new AddressIndex();
    for (int i = 0; i < addresses.count(); i++) {
      long high = addresses.high(i);
      long low = addresses.low(i);
      if (kind.test(i) && Platform.isHost(high, low) && !Platform.is(high, low)) {
        own.add(high, low);
      }
    }
    return own;
  }
}
