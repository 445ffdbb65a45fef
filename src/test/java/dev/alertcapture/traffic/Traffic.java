package dev.alertcapture.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What a capture on a machine sees. Conversations are added to it, each with a clock of its own
 * that starts at the traffic's; frames come out in the order of time:
 *
 * <pre>{@code
 * Host vm = Host.machine("10.0.0.4");
 * Traffic traffic = new Traffic(vm);
 * traffic.lookup(vm, Azure.WIRE_SERVER, "db.contoso.net").answer("10.1.2.3");
 * traffic.after(ms(5)).tcp(vm, Host.at("10.1.2.3"), 1433).rtt(ms(2)).open().exchange(80, 900);
 * byte[] file = CaptureFile.pcap().bytes(traffic);
 * }</pre>
 *
 * <p>The same calls make the same bytes. {@link #over}, {@link #on} and {@link #copied} hold for
 * the conversations that begin after them. Not for use by several threads.
 */
public final class Traffic {
  /** When captures begin, in nanoseconds since 1970. */
  public static final long START = 1_790_000_000L * Time.NANOS_PER_SECOND;

  static final int INCOMING = 0;
  static final int OTHERS = 3;
  static final int OUTGOING = 4;
  static final int ALL = 262_144;
  private static final int FIRST_EPHEMERAL_PORT = 49_152;

  private final Host machine;
  private final Random random;
  private final List<Frame> frames = new ArrayList<>();
  private final Nic first = new Nic("eth0", Link.ETHERNET);
  private Way way = new Way(Encapsulation.NONE, first, List.of());
  private int snapLength = ALL;
  private long now = START;
  private int nextPort = FIRST_EPHEMERAL_PORT;
  private boolean sorted = true;

  public Traffic(Host machine) {
    this(machine, 1);
  }

  public Traffic(Host machine, long seed) {
    this.machine = machine;
    this.random = new Random(seed);
  }

  /** The clock's time is that of the capture's start and so much. */
  public Traffic at(long sinceStart) {
    now = START + sinceStart;
    return this;
  }

  public Traffic after(long time) {
    now += time;
    return this;
  }

  /** Keeps so many bytes of each frame. */
  public Traffic snap(int bytes) {
    snapLength = bytes;
    return this;
  }

  public Traffic over(Encapsulation around) {
    way = new Way(around, way.nic(), way.copies());
    return this;
  }

  public Traffic on(Nic nic) {
    way = new Way(way.around(), nic, way.copies());
    return this;
  }

  public Traffic on(Link link) {
    return on(new Nic("eth0", link));
  }

  public Traffic copied(Copy... copies) {
    way = new Way(way.around(), way.nic(), List.of(copies));
    return this;
  }

  public Tcp tcp(Host client, Host server, int port) {
    return tcp(client, ephemeralPort(), server, port);
  }

  public Tcp tcp(Host client, int clientPort, Host server, int port) {
    return new Tcp(this, client, clientPort, server, port);
  }

  public Udp udp(Host client, Host server, int port) {
    return udp(client, ephemeralPort(), server, port);
  }

  public Udp udp(Host client, int clientPort, Host server, int port) {
    return new Udp(this, client, clientPort, server, port);
  }

  /** A question for a name's addresses of the server's kind, asked at once. */
  public Lookup lookup(Host asker, Host resolver, String name) {
    return lookup(asker, resolver, name, Dns.A);
  }

  public Lookup lookup(Host asker, Host resolver, String name, int type) {
    return new Lookup(this, asker, resolver, name, type).ask();
  }

  public Echo ping(Host asker, Host asked) {
    return new Echo(this, asker, asked);
  }

  /** A question on the link for an address, and its answer or none. */
  public Arp arp(Host asker, Host asked) {
    return new Arp(this, asker, asked);
  }

  public Dhcp dhcp(Host client, Host server) {
    return new Dhcp(this, client, server);
  }

  /** A frame of any type. */
  public Traffic frame(int etherType, Host from, Host to, byte... body) {
    add(now, way.nic(), new Packet(etherType, body, body.length, from, to));
    return this;
  }

  /** All frames, those of one time in the order in which they were made. */
  public List<Frame> frames() {
    if (!sorted) {
      frames.sort(Comparator.comparingLong(frame -> frame.time));
      sorted = true;
    }
    return List.copyOf(frames);
  }

  void put(long time, Packet packet, boolean fromClient, Way by) {
    int id = by.around() == Encapsulation.NONE ? 0 : random.nextInt(1 << 16);
    for (Packet part : by.around().of(packet, fromClient, id)) {
      add(time, by.nic(), part);
    }
    for (Copy copy : by.copies()) {
      copy.put(this, time, packet, fromClient, by, id);
    }
  }

  void add(long time, Nic nic, Packet packet) {
    byte[] bytes = nic.link().frame(packet, direction(packet));
    int length = nic.link().headerLength() + packet.length;
    sorted &= frames.isEmpty() || frames.get(frames.size() - 1).time <= time;
    byte[] kept = bytes.length > snapLength ? Arrays.copyOf(bytes, snapLength) : bytes;
    frames.add(new Frame(time, nic, kept, length));
  }

  private int direction(Packet packet) {
    if (Arrays.equals(packet.from.mac(), machine.mac())) {
      return OUTGOING;
    }
    return Arrays.equals(packet.to.mac(), machine.mac()) ? INCOMING : OTHERS;
  }

  boolean isMachine(Host host) {
    return host.sameAddress(machine);
  }

  /** Packets need no more bytes than this. */
  int snapLength() {
    return snapLength;
  }

  Way way() {
    return way;
  }

  long now() {
    return now;
  }

  Random random() {
    return random;
  }

  private int ephemeralPort() {
    int port = nextPort;
    nextPort = port == 65_535 ? FIRST_EPHEMERAL_PORT : port + 1;
    return port;
  }
}
