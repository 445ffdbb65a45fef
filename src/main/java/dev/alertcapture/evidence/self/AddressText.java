package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads addresses that somebody wrote. No name is ever looked up. */
final class AddressText {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** What a colon is in is never taken for a name by {@link InetAddress}. */
  private static final Pattern PERHAPS_IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]+");

  private AddressText() {}

  static void addTo(AddressIndex index, String text) {
    byte[] octets = octets(text);
    boolean four = octets.length == 4;
    long high = four ? 0 : Bytes.s64(octets, 0);
    long low = four ? Address.ofIpv4(Bytes.s32(octets, 0)) : Bytes.s64(octets, 8);
    if (!Platform.isHost(high, low) || Platform.is(high, low)) {
      throw new IllegalArgumentException(text + " is not the address of a machine of one's own");
    }
    index.add(high, low);
  }

  private static byte[] octets(String text) {
    if (IPV4.matcher(text).matches() || PERHAPS_IPV6.matcher(text).matches()) {
      try {
        return InetAddress.getByName(text).getAddress();
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text + " is not an IPv6 address", e);
      }
    }
    throw new IllegalArgumentException(text + " is neither an IPv4 nor an IPv6 address");
  }
}
