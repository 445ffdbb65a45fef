package dev.alertcapture.local;

import dev.alertcapture.traffic.Incident;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What the local run is started with, from {@code -Dlocal.*}.
 *
 * @param stage the staged app's folder
 * @param once end after the sample alert's capture
 * @param sample send the sample alert
 * @param inbox receive what Teams and Slack would get, too
 * @param incident what the sample alert is about
 */
record LocalOptions(
    Path stage,
    int port,
    int simPort,
    boolean once,
    boolean sample,
    boolean inbox,
    Incident incident) {

  LocalOptions {
    if (once && !sample) {
      throw new IllegalArgumentException(
          "-Dlocal.once=true waits for the sample alert's capture: leave local.sample at true.");
    }
  }

  static LocalOptions from(Properties properties) {
    return new LocalOptions(
        Path.of(
            properties.getProperty("local.stage", "target/azure-functions/alert-packet-capture")),
        port(properties, "local.port", "7071"),
        port(properties, "local.simPort", "7072"),
        flag(properties, "local.once", "false"),
        flag(properties, "local.sample", "true"),
        flag(properties, "local.inbox", "false"),
        incident(properties, "local.incident", "backup"));
  }

  private static Incident incident(Properties properties, String name, String absent) {
    String value = properties.getProperty(name, absent);
    try {
      return Incident.named(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("-D%s=%s: %s".formatted(name, value, e.getMessage()), e);
    }
  }

  private static int port(Properties properties, String name, String absent) {
    String value = properties.getProperty(name, absent);
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
      throw new IllegalArgumentException(
          "-D" + name + "=" + value + " is not a port: give 0 (any free one) to 65535.");
    }
    return Integer.parseInt(value);
  }

  private static boolean flag(Properties properties, String name, String absent) {
    String value = properties.getProperty(name, absent);
    if (!value.matches("true|false")) {
      throw new IllegalArgumentException("-D" + name + "=" + value + ": give true or false.");
    }
    return Boolean.parseBoolean(value);
  }
}
