package dev.alertcapture.evidence.finding;

/**
 * What a finding is about.
 *
 * @param peer an address as text, or null
 * @param port the service's port, 0 for none
 * @param proto {@code tcp}, {@code udp}, {@code icmp} or null
 * @param name the peer's name, or null
 * @param flow one flow, {@code 10.0.0.4:51000-10.1.2.3:443}, or null
 */
public record Subject(String peer, int port, String proto, String name, String flow) {
  public static final Subject NONE = new Subject(null, 0, null, null, null);

  public static Subject of(String peer, int port, String proto, String name) {
    return new Subject(peer, port, proto, name, null);
  }
}
