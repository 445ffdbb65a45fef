package dev.alertcapture;

import static dev.alertcapture.World.idOf;
import static dev.alertcapture.World.vm;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Reason.About;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One world for each test, and what it was asked. */
abstract class RefusalsFixture {
  static final String SESSION = "/packetCaptures/[^/]+$";
  static final String STATUS = "/queryStatus$";
  static final String FILE = "/pcapstore/";

  World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() {
    world.close();
  }

  Capture captureOn(String machine) {
    return world.end(idOf(world.alert(vm(machine))));
  }

  long asked(String request) {
    return world.requests().stream().filter(r -> r.matches(request)).count();
  }

  String remedyOf(Capture c) {
    return c.cause().reason().remedy(About.of(c.target(), c.region()));
  }
}
