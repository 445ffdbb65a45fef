package dev.alertcapture;

import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.testing.LogLines;
import dev.alertcapture.testing.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged is what the queries of docs/operations.md take apart. */
class OperationsTest {
  private static final Pattern QUERY =
      Pattern.compile(
          "message startswith '([^']+)'\\n\\| parse message with ([^\\n]+)\\n", Pattern.DOTALL);
  private static final Pattern PART = Pattern.compile("'([^']*)'|(\\w+)");

  /** One query's way of taking a line apart. */
  private record Parser(String start, Pattern line, List<String> names) {
    static Parser of(MatchResult query) {
      StringBuilder regex = new StringBuilder();
      List<String> names = new ArrayList<>();
      Matcher part = PART.matcher(query.group(2));
      while (part.find()) {
        if (part.group(1) != null) {
          regex.append(Pattern.quote(part.group(1)));
        } else {
          names.add(part.group(2));
          // As the operator does: up to the next constant, and to the end where there is none.
          regex.append(part.end() == query.group(2).length() ? "(.*)" : "(.*?)");
        }
      }
      return new Parser(query.group(1), Pattern.compile(regex.toString()), names);
    }

    Map<String, String> columns(String text) {
      Matcher matcher = line.matcher(text);
      assertThat(matcher.matches()).as(text).isTrue();
      Map<String, String> columns = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        columns.put(names.get(i), matcher.group(i + 1));
      }
      return columns;
    }
  }

  private final LogLines log = new LogLines();
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World().loggingTo(log.logger());
  }

  @AfterEach
  void end() {
    world.close();
  }

  private static List<Parser> parsers() throws IOException {
    String docs = Files.readString(Path.of("docs/operations.md"));
    return QUERY.matcher(docs).results().map(Parser::of).toList();
  }

  /** The columns of all lines of a kind, as each query that reads them would have them. */
  private List<Map<String, String>> columns(String start) throws IOException {
    List<Parser> parsers = parsers().stream().filter(p -> p.start().equals(start)).toList();
    assertThat(parsers).isNotEmpty();
    List<String> lines = log.all().stream().filter(line -> line.startsWith(start)).toList();
    List<List<Map<String, String>>> all =
        parsers.stream().map(p -> lines.stream().map(p::columns).toList()).toList();
    assertThat(all).as("each query reads the same").containsOnly(all.get(0));
    return all.get(0);
  }

  @Test
  void samplingDropsNoLine() throws Exception {
    String types =
        new ObjectMapper()
            .readTree(Path.of("host.json").toFile())
            .at("/logging/applicationInsights/samplingSettings/excludedTypes")
            .asText();
    assertThat(types.split(";")).contains("Trace");
  }

  @Test
  void whoWasNotToldIsAskedAfterTheLastWordOnEachMessage() throws Exception {
    assertThat(Files.readString(Path.of("docs/operations.md")))
        .containsSubsequence("| summarize arg_max(timestamp, status", "| where status != 'SENT'");
  }

  @Test
  void eachStateIsALineOfItsOwnAndNoOther() throws Exception {
    String id = World.idOf(world.alert(vm("web-01")));
    world.end(id);

    List<Map<String, String>> lines = columns("event=state ");

    assertThat(lines)
        .extracting(line -> line.get("state"))
        .containsExactly("REQUESTED", "STARTING", "RUNNING", "COLLECTING", "COMPLETED");
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsEntry("capture", id)
                    .containsEntry("alert", "alert-1")
                    .containsEntry("target", vm("web-01"))
                    .containsEntry("reason", "none"));
    assertThat(log.of(Level.WARNING)).isEmpty();
  }

  @Test
  void failureIsAWarningWithItsReasonAndAzuresWords() throws Exception {
    world.azure.addFault(Fault.answering("PUT", "/packetCaptures/", 403, "AuthorizationFailed"));
    world.alert(vm("web-01"));

    assertThat(log.of(Level.WARNING)).hasSize(1);
    Map<String, String> line = columns("event=state ").get(2);
    assertThat(line).containsEntry("state", "FAILED").containsEntry("reason", "FORBIDDEN");
    assertThat(line.get("text")).contains("Azure refused the app's identity", "packetCaptures");
  }

  @Test
  void captureThatIsEndedWhileItWaitsHasItsLineToo() throws Exception {
    world.with("CAPTURE_LIMIT", "1").with("CAPTURE_STOP_ON_RESOLVED", "true");
    world.othersSession("theirs", "sql-01");
    world.stop(World.idOf(world.alert(vm("web-01"))));
    world.alert(vm("web-02"), "two", "Fired");
    world.alert(vm("web-02"), "two", "Resolved");

    assertThat(columns("event=state "))
        .filteredOn(line -> line.get("state").equals("REJECTED"))
        .extracting(line -> line.get("target") + " " + line.get("reason"))
        .containsExactly(vm("web-01") + " STOPPED", vm("web-02") + " STOPPED");
    assertThat(log.of(Level.WARNING)).hasSize(2);
  }

  @Test
  void alertThatTriesToWriteALineOfItsOwnDoesNot() throws Exception {
    String key =
        "x\\\" target=\\\"y\\\" state=COMPLETED\\nevent=state capture=z \\u2028 \\u202e reason=q";
    world.alert(vm("web-01"), key, "Fired");

    Map<String, String> line = columns("event=state ").get(0);

    assertThat(line).containsEntry("target", vm("web-01")).containsEntry("state", "REQUESTED");
    assertThat(line.get("alert")).startsWith("x\\\" target=\\\"y").doesNotContain("\n", "\u2028");
    assertThat(log.all()).noneMatch(each -> each.contains("\n"));
  }

  @Test
  void alertThatStartsNothingIsALineForEachTarget() throws Exception {
    world.alert(vm("web-01"), "one", "Resolved");

    assertThat(columns("event=ignored "))
        .containsExactly(Map.of("alert", "one", "target", vm("web-01"), "text", "\"resolved\""));
  }

  @Test
  void tryAtAMessageIsALineAndTheLastOneAWarning() throws Exception {
    try (StubServer gone = StubServer.answering(StubServer.json(410, ""))) {
      world.with("NOTIFY_SLACK_URL", gone.uri() + "/services/hunter2");
      String id = World.idOf(world.alert(vm("web-01")));
      world.end(id);
      world.tick();

      List<Map<String, String>> lines = columns("event=message ");

      assertThat(lines)
          .extracting(line -> line.get("channel") + " " + line.get("status") + line.get("text"))
          .containsExactlyInAnyOrder("webhook SENT\"\"", "slack GIVEN_UP\"answered 410\"");
      assertThat(lines).extracting(line -> line.get("about")).containsOnly("COMPLETED");
      assertThat(log.of(Level.WARNING)).hasSize(1);
      assertThat(log.all().stream().collect(Collectors.joining())).doesNotContain("hunter2");
    }
  }
}
