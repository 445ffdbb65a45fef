package dev.alertcapture.options;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What is captured, and how much of it (docs/design/azure.md, "Model").
 *
 * @param timeLimit 1 second to 5 hours
 * @param bytesPerPacket bytes kept of each packet, 0 (all) to 4294967295
 * @param bytesPerSession bytes after which the session ends, 0 (no limit) to 4294967295
 * @param filters none means every packet
 * @param unused what an alert's rule wanted and could not have, a line for each; the settings held
 * @param more members that a later version stored
 */
public record CaptureOptions(
    Duration timeLimit,
    long bytesPerPacket,
    long bytesPerSession,
    List<Filter> filters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unused,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {

  public CaptureOptions {
    filters = filters == null ? List.of() : List.copyOf(filters);
    unused = unused == null ? List.of() : List.copyOf(unused);
    more = more == null ? Map.of() : Collections.unmodifiableMap(more);
  }

  /** As settings, rules and people say. */
  public CaptureOptions(
      Duration timeLimit, long bytesPerPacket, long bytesPerSession, List<Filter> filters) {
    this(timeLimit, bytesPerPacket, bytesPerSession, filters, List.of(), Map.of());
  }

  /** The same, with what could not be used. */
  public CaptureOptions without(List<String> unused) {
    return new CaptureOptions(timeLimit, bytesPerPacket, bytesPerSession, filters, unused, more);
  }

  /**
   * One filter; a packet is kept when any of them lets it through. An empty part matches all.
   *
   * @param protocol TCP, UDP or Any
   * @param localIPAddress one address, a range {@code a-b}, or a list {@code a;b}
   * @param localPort one port, a range or a list, likewise
   * @param more members that a later version stored
   */
  public record Filter(
      String protocol,
      String localIPAddress,
      String localPort,
      String remoteIPAddress,
      String remotePort,
      @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Filter {
      more = more == null ? Map.of() : Collections.unmodifiableMap(more);
    }

    /** As settings, rules and people say. */
    public Filter(
        String protocol,
        String localIPAddress,
        String localPort,
        String remoteIPAddress,
        String remotePort) {
      this(protocol, localIPAddress, localPort, remoteIPAddress, remotePort, Map.of());
    }
  }
}
