package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.List;

/**
 * Which addresses are the machine's own. It is decided before the pass over the file, and stands
 * for the whole of it:
 *
 * <pre>{@code
 * OwnSide own = OwnSide.infer(firstBytes, length);
 * Sides sides = new Sides(tables, own, names.flowNames(), accountHosts);
 * }</pre>
 */
public final class OwnSide {
  /** What the own side is concluded from. */
  public enum How {
    GIVEN,
    /** Linux cooked headers, which tell whether the machine sent the frame. */
    COOKED,
    /** Azure's platform addresses, DHCP and router. */
    AZURE,
    /** What is near answers at once: which leg of the handshakes is short. */
    HANDSHAKES,
    UNKNOWN
  }

  /** Nothing is known. */
  static final OwnSide NOBODY = new OwnSide(How.UNKNOWN, "it is not known", new AddressIndex(), 0);

  private static final int LEAST_VOTES = 20;

  private final How how;
  private final String say;
  private final AddressIndex addresses;

  /** Frames up to this one were looked at for the choice. */
  private final long chosenUpTo;

  private final Votes later = new Votes();

  OwnSide(How how, String say, AddressIndex addresses, long chosenUpTo) {
    this.how = how;
    this.say = say;
    this.addresses = addresses;
    this.chosenUpTo = chosenUpTo;
  }

  /**
   * As somebody says.
   *
   * @param addresses IPv4 or IPv6 as text
   * @throws IllegalArgumentException for no address, anything else, or an address that no machine
   *     has
   */
  public static OwnSide given(List<String> addresses) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address is given for this machine");
    }
    AddressIndex own = new AddressIndex();
    addresses.forEach(address -> AddressText.addTo(own, address));
    return new OwnSide(How.GIVEN, "as given", own, 0);
  }

  /**
   * Concludes it from a file's first bytes, as they are in the file: pcap, pcapng or gzip. Looks at
   * 8 MiB of it, unpacked, and 50,000 frames. Never throws, whatever the bytes are.
   */
  public static OwnSide infer(byte[] bytes, int length) {
    return Inference.from(bytes, length);
  }

  public How how() {
    return how;
  }

  public boolean known() {
    return how != How.UNKNOWN;
  }

  /** Whether an address is the machine's; of IPv4, as {@code ::ffff:a.b.c.d}. */
  public boolean isOwn(long high, long low) {
    return addresses.find(high, low) >= 0;
  }

  /** The addresses as text, in the order of their first frame, or as they were given. */
  public List<String> addresses() {
    return addresses.texts();
  }

  /** How it was found, for a report: completes "the machine's own side: ". */
  public String say() {
    return say;
  }

  /**
   * Whether handshakes of the file that were not looked at for the choice speak against it: at
   * least 20 about one of the addresses, and 80 % of them.
   */
  public boolean contradicted() {
    for (int address = 0; address < addresses.count(); address++) {
      if (later.isFar(address, LEAST_VOTES)) {
        return true;
      }
    }
    return false;
  }

  /** Takes the next packet of the pass in, after what the tracker found out about it. */
  void check(Tables tables, Packet p, Analysis a) {
    int near = p.frame <= chosenUpTo ? -1 : Votes.nearSide(tables, p, a);
    if (near < 0) {
      return;
    }
    int nearest = find(tables, a.flow, near);
    int farther = find(tables, a.flow, 1 - near);
    if (nearest >= 0 && farther < 0) {
      later.aye(nearest);
    } else if (farther >= 0 && nearest < 0) {
      later.no(farther);
    }
  }

  private int find(Tables tables, int flow, int side) {
    int address = tables.flows.address(flow, side);
    return addresses.find(tables.addresses.high(address), tables.addresses.low(address));
  }
}
