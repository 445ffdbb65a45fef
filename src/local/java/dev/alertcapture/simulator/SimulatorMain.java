package dev.alertcapture.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * The simulator by itself, until Ctrl-C, so that any ARM client can talk to it: {@code
 * SimulatorMain [port [inventory.json]]}.
 *
 * <p>System properties: {@code sim.port} (7072), {@code sim.inventory} (a file, merged into the
 * default inventory), and {@code sim.create}, {@code sim.stop}, {@code sim.delete}, {@code
 * sim.fileMove}, {@code sim.query} (ISO durations such as {@code PT2S}).
 */
public final class SimulatorMain {
  private SimulatorMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Simulator simulator = Simulator.start(options(args, System::getProperty));
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    System.out.println("The Azure simulator listens on " + simulator.uri());
    System.out.println("Its requests: " + simulator.uri() + "/_sim/requests");
    new CountDownLatch(1).await();
  }

  static SimulatorOptions options(String[] args, UnaryOperator<String> properties)
      throws IOException {
    String port = args.length > 0 ? args[0] : or(properties.apply("sim.port"), "7072");
    String inventory = args.length > 1 ? args[1] : properties.apply("sim.inventory");
    Timings azure = Timings.azure();
    Timings timings =
        new Timings(
            duration(properties.apply("sim.create"), azure.create()),
            duration(properties.apply("sim.stop"), azure.stop()),
            duration(properties.apply("sim.delete"), azure.delete()),
            duration(properties.apply("sim.fileMove"), azure.fileMove()),
            duration(properties.apply("sim.query"), azure.query()));
    SimulatorOptions options =
        SimulatorOptions.defaults().withPort(Integer.parseInt(port)).withTimings(timings);
    return inventory == null
        ? options
        : options.withInventory(Json.MAPPER.readTree(Path.of(inventory).toFile()));
  }

  private static Duration duration(String given, Duration absent) {
    return given == null ? absent : Duration.parse(given);
  }

  private static String or(String given, String absent) {
    return given == null ? absent : given;
  }
}
