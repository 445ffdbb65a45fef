package dev.alertcapture.alert;

import static dev.alertcapture.alert.Bodies.classic;
import static dev.alertcapture.alert.Bodies.common;
import static dev.alertcapture.alert.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies carry the word hunter2 where the answer must not repeat it. */
final class NotAnAlertTest {
  private static final int DEEP = 50_000;

  static Stream<String> noJson() {
    String whole = common().toString();
    return Stream.of(
        "hunter2 is down",
        "Azure alert: hunter2",
        "<hunter2/>",
        "{\"hunter2\"",
        "{'hunter2': 1}",
        "{\"hunter2\": 1,}",
        "{\"a\": hunter2}",
        "{\"a\": NaN, \"hunter2\": 1}",
        "{\"a\": \"hunter2\n\"}",
        "{} // hunter2",
        whole + "hunter2",
        whole + whole,
        whole.substring(0, whole.length() - 1),
        whole.substring(0, whole.length() / 2),
        "\uFEFF\uFEFF" + whole,
        "\u0000" + whole,
        "{\"hunter2\": " + "9".repeat(2000) + "}",
        "[".repeat(DEEP),
        "[".repeat(DEEP) + "]".repeat(DEEP),
        "{\"hunter2\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
        deep(classic(), DEEP));
  }

  static Stream<String> noAlert() {
    return Stream.of(
        "null",
        "true",
        "17",
        "\"hunter2\"",
        "{}",
        "{\"hunter2\": {}}",
        common().put("schemaId", "hunter2").toString(),
        common().putNull("schemaId").toString(),
        without(common(), "schemaId"),
        without(common(), "data"),
        with(common(), "data", "null"),
        with(common(), "data", "\"hunter2\""),
        with(common(), "data", "[{\"essentials\": {}}]"),
        with(common(), "data", "{\"essentials\": []}"),
        with(common(), "data", "{\"essentials\": \"hunter2\"}"),
        without(classic(), "status"),
        without(classic(), "context"),
        with(classic(), "status", "null"),
        with(classic(), "status", "{}"),
        with(classic(), "context", "[]"),
        with(classic(), "context", "\"hunter2\""),
        "{\"status\": \"Activated\", \"context\": {\"name\": \"hunter2\"}}");
  }

  @ParameterizedTest
  @MethodSource("noJson")
  void whatIsNoJsonIsRefused(String body) {
    assertThat(refusal(body)).startsWith("The body is not JSON. ");
  }

  @ParameterizedTest
  @MethodSource("noAlert")
  void whatIsNoKnownAlertIsRefused(String body) {
    assertThat(refusal(body)).startsWith("The body is JSON, but no alert that is known here. ");
  }

  @Test
  void anAlertInsideAnotherBodyIsToldWhereItStands() {
    for (ObjectNode alert : List.of(common(), classic())) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("hunter2", 1);
      body.set("data", alert);
      assertThat(advice(body)).startsWith("The alert stands in the member \"data\": ");
      body.remove("data");
      body.set("Payload", alert);
      assertThat(advice(body)).startsWith("The alert stands in the member \"payload\": ");
      body.remove("Payload");
      body.set("hunter2", alert);
      assertThat(advice(body)).startsWith("The alert stands in one of the body's members: ");
    }
  }

  private static String advice(ObjectNode body) {
    NotAnAlert refusal =
        catchThrowableOfType(NotAnAlert.class, () -> new AlertReader().read(body.toString()));
    assertThat(refusal.getMessage())
        .contains("Post what stands there alone")
        .doesNotContain("hunter2");
    return refusal.getMessage();
  }

  @Test
  void anEmptyBodyIsCalledEmpty() {
    for (String body : new String[] {"", " \r\n", "\uFEFF"}) {
      assertThat(refusal(body)).startsWith("The body is empty ");
    }
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws NotAnAlert {
    assertThat(new AlertReader().read("\uFEFF" + common())).isEqualTo(Bodies.read(common()));
  }

  @Test
  void nestingIsReadUpToItsBound() throws NotAnAlert {
    assertThat(new AlertReader().read(deep(classic(), 99)).targets()).hasSize(1);
    assertThat(refusal(deep(classic(), 100))).contains("not JSON");
  }

  private static String refusal(String body) {
    NotAnAlert refusal = catchThrowableOfType(NotAnAlert.class, () -> new AlertReader().read(body));
    assertThat(refusal).isNotNull().hasNoCause();
    assertThat(refusal.getMessage())
        .contains("azureMonitorCommonAlertSchema", "classic alert")
        .doesNotContain("hunter2");
    return refusal.getMessage();
  }

  /** An alert that holds a property of so many arrays. */
  private static String deep(ObjectNode alert, int levels) {
    String body = alert.toString();
    String arrays = "[".repeat(levels) + "]".repeat(levels);
    return body.substring(0, body.length() - 1) + ",\"hunter2\":" + arrays + "}";
  }

  private static String without(ObjectNode body, String name) {
    body.remove(name);
    return body.toString();
  }

  private static String with(ObjectNode body, String name, String value) {
    body.set(name, json(value));
    return body.toString();
  }
}
