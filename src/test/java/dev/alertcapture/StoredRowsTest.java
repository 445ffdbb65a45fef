package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The rows that whole runs leave, after each step of the run, byte for byte. Rows outlive the
 * version that wrote them, so a difference here is a change of the stored format: see whether older
 * and newer versions read it, then record it anew with {@code -Drows.record=src/test/resources}.
 */
class StoredRowsTest {
  private static final Pattern ID = Pattern.compile("\\b[0-9a-hjkmnp-tv-z]{21}\\b");
  // The simulator's port, its operations and their signatures differ from run to run.
  private static final Pattern PORT =
      Pattern.compile("(http://(?:localhost|127\\.0\\.0\\.1)):\\d+");
  private static final Pattern SIGNED = Pattern.compile("(\"operationUrl\":\"[^\"?]*/)[^\"]*");

  private final CaptureStore store = new MemoryCaptureStore();
  private final List<String> dumps = new ArrayList<>();

  @Test
  void aCaptureFromItsAlertToItsLastRow() throws Exception {
    try (World world = new World().on(store).with("CAPTURE_HISTORY_RETENTION", "PT1H")) {
      alert(world, World.vm("web-01"), "one", "Fired");
      dump("accepted");
      alert(world, World.vm("web-01"), "two", "Fired");
      alert(world, World.vm("web-01"), "one", "Resolved");
      dump("one joined, one is resolved");
      for (int i = 1; i <= 4; i++) {
        world.tick();
        dump("tick " + i);
      }
      alert(world, World.vm("web-01"), "three", "Fired");
      dump("held back");
      world.tickUntil(() -> world.captures().isEmpty());
      dump("forgotten");
    }
    compare("whole-life");
  }

  @Test
  void atTheLimitAnEndedSessionMakesRoomAndWhatFindsNoneIsRejected() throws Exception {
    try (World world =
        new World()
            .on(store)
            .with("CAPTURE_LIMIT", "1")
            .with("CAPTURE_SESSION_RETENTION", "PT1H")) {
      world.end(World.idOf(alert(world, World.vm("web-01"))));
      dump("the first has ended");
      alert(world, World.vm("web-02"));
      dump("its session made room");
      world.othersSession("somebody-elses", "sql-01");
      String rejected = World.idOf(alert(world, World.vm("sql-01")));
      dump("the third waits");
      world.end(rejected);
      dump("the third is rejected");
    }
    compare("limit");
  }

  @Test
  void aRefusedStartAStopAndAScaleSet() throws Exception {
    try (World world = new World().on(store)) {
      world.azure.addFault(
          Fault.answering("PUT", "/packetCaptures/", 403, "AuthorizationFailed").withTimes(1));
      alert(world, World.vm("web-01"));
      dump("refused");
      String stopped = World.idOf(alert(world, World.vm("web-02")));
      world.stop(stopped);
      world.end(stopped);
      dump("stopped");
      String set = World.GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets/web-vmss";
      world.end(World.idOf(alert(world, set)));
      dump("of a scale set");
    }
    compare("troubles");
  }

  /** An alert of a second of its own, so that ids sort as the alerts came. */
  private static Answer alert(World world, String target, String id, String condition) {
    world.clock.advance(Duration.ofSeconds(1));
    return world.alert(target, id, condition);
  }

  private static Answer alert(World world, String target) {
    world.clock.advance(Duration.ofSeconds(1));
    return world.alert(target);
  }

  private void dump(String title) {
    StringBuilder out = new StringBuilder("# ").append(title).append('\n');
    for (CaptureStore.Row row : store.scan("", "~", 1000)) {
      out.append(row.key()).append('\t').append(row.value()).append('\n');
    }
    dumps.add(out.toString());
  }

  private void compare(String name) throws IOException {
    String rows = normal(String.join("\n", dumps));
    String folder = System.getProperty("rows.record");
    if (folder != null) {
      Files.writeString(Path.of(folder, "rows", name + ".txt"), rows);
    }
    assertThat(rows).isEqualTo(recorded(name));
  }

  /** Ids by age, since each has 40 random bits. */
  private static String normal(String rows) {
    List<String> newestFirst =
        new ArrayList<>(new TreeSet<>(ID.matcher(rows).results().map(MatchResult::group).toList()));
    String known =
        ID.matcher(rows)
            .replaceAll(m -> "id-" + (newestFirst.size() - newestFirst.indexOf(m.group())));
    return SIGNED.matcher(PORT.matcher(known).replaceAll("$1")).replaceAll("$1");
  }

  private static String recorded(String name) {
    try (InputStream in = StoredRowsTest.class.getResourceAsStream("/rows/" + name + ".txt")) {
      return in == null
          ? "nothing is recorded"
          : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
