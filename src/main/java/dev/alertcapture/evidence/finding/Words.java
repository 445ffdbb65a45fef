package dev.alertcapture.evidence.finding;

import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.NameTable;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.packet.Address;

/** What people call the machine and its peers, and how a display filter calls them. */
public final class Words {
  /** A display filter for SYNs without ACK. */
  public static final String SYNS = "tcp.flags.syn == 1 && tcp.flags.ack == 0";

  private final Tables tables;
  private final Names names;
  private final String machine;

  public Words(Tables tables, Names names, String machine) {
    this.tables = tables;
    this.names = names;
    this.machine = machine == null || machine.isBlank() ? null : machine;
  }

  /** The machine's name, or "this machine". */
  public String machine() {
    return machine == null ? "this machine" : machine;
  }

  /** Begins a sentence. */
  public String theMachine() {
    return machine == null ? "This machine" : machine;
  }

  /** An address as text; "?" where there was no room to keep it. */
  public String address(int number) {
    return number < 0
        ? "?"
        : Address.text(tables.addresses.high(number), tables.addresses.low(number));
  }

  /** A name as text, or null. */
  public String name(int number) {
    return number == NameTable.NONE ? null : names.table().text(number);
  }

  /** A peer by its name if there is one, and its address: {@code sql-prod (10.1.2.3)}. */
  public String peer(int address, int name) {
    String called = name(name);
    return called == null ? address(address) : called + " (" + address(address) + ")";
  }

  /** A service: {@code sql-prod:1433 (10.1.2.3)}, {@code 10.1.2.3:1433}, {@code [fd00::1]:443}. */
  public String service(int address, int port, int name) {
    String called = name(name);
    String where = address(address);
    if (called != null) {
      return called + ":" + port + " (" + where + ")";
    }
    return (where.indexOf(':') >= 0 ? "[" + where + "]" : where) + ":" + port;
  }

  /** {@code sql-prod:1433}, or {@code 10.1.2.3:1433}: for headlines. */
  public String shortService(int address, int port, int name) {
    String called = name(name);
    return called == null ? service(address, port, name) : called + ":" + port;
  }

  /** {@code ip.addr == 10.1.2.3}, or ipv6. */
  public String is(String field, int address) {
    boolean four = Address.isIpv4(tables.addresses.high(address), tables.addresses.low(address));
    return (four ? "ip." : "ipv6.") + field + " == " + address(address);
  }
}
