package dev.alertcapture.traffic;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Ten seconds of a web server in Azure with one thing wrong, and the metric whose alert this
 * raises. The capture begins while things are under way, so some connections lack their beginning:
 *
 * <pre>{@code
 * byte[] file = CaptureFile.pcap().bytes(Incident.BACKUP.frames());
 * }</pre>
 *
 * <p>The same frames each time.
 */
public enum Incident {
  /**
   * A backup to backup.example.com:443, one connection, is most of what is sent. Users are fine. A
   * little of what is sent is the capture's own upload to pcapstore.blob.core.windows.net.
   */
  BACKUP(Incident.PLATFORM, "Network Out Total", "Total", 36_000_000, 140_000_000),

  /**
   * Checkout errors: nobody answers a SYN to sql-prod.contoso.net:1433, while older connections to
   * it live on. Users, lookups and the platform are fine.
   */
  CHECKOUT("shop", "Checkout Errors", "Total", 20, 143),

  /**
   * Ordinary traffic, to which the machine's application answers after seconds. Its kernel accepts
   * and acknowledges at once; its database answers at once, too.
   */
  CPU(Incident.PLATFORM, "Percentage CPU", "Average", 85, 97.25),

  /** It was over when the packets began: ordinary traffic, far below the alert's threshold. */
  OVER(Incident.PLATFORM, "Network Out Total", "Total", 3_000_000_000L, 3_400_000_000L);

  /** The machine whose network card the capture is of. */
  public static final Host MACHINE = Host.machine("10.0.0.4");

  /** How long the capture is, in nanoseconds. */
  public static final long LENGTH = Time.s(10);

  private static final String PLATFORM = "Microsoft.Compute/virtualMachines";

  private final String namespace;
  private final String metric;
  private final String aggregation;
  private final double threshold;
  private final double value;

  Incident(String namespace, String metric, String aggregation, double threshold, double value) {
    this.namespace = namespace;
    this.metric = metric;
    this.aggregation = aggregation;
    this.threshold = threshold;
    this.value = value;
  }

  /**
   * The incident of that name, in any letter case.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static Incident named(String name) {
    return Stream.of(values())
        .filter(each -> each.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no incident %s; there are %s."
                        .formatted(name, String.join(", ", names()))));
  }

  private static List<String> names() {
    return Stream.of(values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Whose metric the alert rule watches: Azure's machines', or an application's own. */
  public String namespace() {
    return namespace;
  }

  /** The metric's name as people see it. */
  public String metric() {
    return metric;
  }

  /** Of all values in a window of five minutes. */
  public String aggregation() {
    return aggregation;
  }

  public double threshold() {
    return threshold;
  }

  /** What the metric was when the alert fired: more than the threshold. */
  public double value() {
    return value;
  }

  /** What the capture sees from {@link Traffic#START} on; made anew by each call. */
  public List<Frame> frames() {
    Traffic traffic =
        switch (this) {
          case BACKUP -> IncidentScenes.backup();
          case CHECKOUT -> IncidentScenes.checkout();
          case CPU -> IncidentScenes.cpu();
          case OVER -> IncidentScenes.over();
        };
    return traffic.frames().stream()
        .filter(frame -> frame.time() >= Traffic.START)
        .takeWhile(frame -> frame.time() < Traffic.START + LENGTH)
        .toList();
  }
}
