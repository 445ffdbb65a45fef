package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;

import java.util.Random;

/** What happens in each {@link Incident}, from some time before the capture on. */
final class IncidentScenes {
  private static final int END = 10;

  private IncidentScenes() {}

  static Traffic backup() {
    Traffic traffic = new Traffic(Incident.MACHINE, 1);
    new HealthyMachine(traffic, Incident.MACHINE, 1).run(s(-3), 3 + END, 2);
    upload(traffic, s(0.4), "backup.example.com", "198.51.100.23", 38_000);
    upload(traffic, s(4.2), "pcapstore.blob.core.windows.net", "198.51.100.40", 2_000);
    return traffic;
  }

  static Traffic checkout() {
    Traffic traffic = new Traffic(Incident.MACHINE, 2);
    new HealthyMachine(traffic, Incident.MACHINE, 2).run(s(-3), 3 + END, 3);
    Random random = new Random(22);
    for (int i = 0; i < 5; i++) {
      older(traffic, random);
    }
    for (long at = s(-8); at < s(END); at += ms(250 + random.nextInt(150))) {
      traffic
          .at(at)
          .lookup(Incident.MACHINE, Azure.WIRE_SERVER, HealthyMachine.DATABASE_NAME)
          .answer("10.0.1.5");
      traffic
          .after(ms(3))
          .tcp(Incident.MACHINE, HealthyMachine.DATABASE, HealthyMachine.DATABASE_PORT)
          .unanswered();
    }
    return traffic;
  }

  static Traffic cpu() {
    Traffic traffic = new Traffic(Incident.MACHINE, 3);
    new HealthyMachine(traffic, Incident.MACHINE, 3)
        .thinks(s(1.5), s(3.5))
        .run(s(-12), 12 + END, 5);
    return traffic;
  }

  static Traffic over() {
    Traffic traffic = new Traffic(Incident.MACHINE, 4);
    new HealthyMachine(traffic, Incident.MACHINE, 4).run(s(-3), 3 + END, 4);
    return traffic;
  }

  /** One connection that sends about so many bytes ten times a second, until the end. */
  private static void upload(Traffic traffic, long at, String name, String address, int bytes) {
    Random random = new Random(at);
    traffic.at(at).lookup(Incident.MACHINE, Azure.WIRE_SERVER, name).answer(address);
    Tcp tcp = traffic.after(ms(3)).tcp(Incident.MACHINE, Host.at(address), 443).rtt(ms(11));
    tcp.timestamps().open().tls(name);
    for (long next = at + ms(200); next < s(END); next += ms(100)) {
      tcp.at(next + ms(random.nextInt(20))).send(Tls.data(bytes - 500 + random.nextInt(1_000)));
    }
  }

  /** A connection to the database from before, which goes on to be used. */
  private static void older(Traffic traffic, Random random) {
    Tcp tcp =
        traffic
            .at(s(-3))
            .tcp(Incident.MACHINE, HealthyMachine.DATABASE, HealthyMachine.DATABASE_PORT)
            .rtt(ms(1.5))
            .opened();
    for (long at = s(-3); at < s(END); at += ms(200 + random.nextInt(300))) {
      tcp.at(at).exchange(80 + random.nextInt(500), 100 + random.nextInt(6_000));
    }
  }
}
