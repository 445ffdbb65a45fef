package dev.alertcapture.alert;

import static dev.alertcapture.alert.Bodies.classic;
import static dev.alertcapture.alert.Bodies.common;
import static dev.alertcapture.alert.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of docs/design/alerts.md, "Values". */
final class AlertTimesTest {
  @ParameterizedTest
  @CsvSource({
    "2026-03-01T04:05:06Z,           2026-03-01T04:05:06Z",
    "2026-03-01T04:05:06.7Z,         2026-03-01T04:05:06.7Z",
    "2026-03-01T04:05:06.78Z,        2026-03-01T04:05:06.78Z",
    "2026-03-01T04:05:06.789Z,       2026-03-01T04:05:06.789Z",
    "2026-03-01T04:05:06.7891Z,      2026-03-01T04:05:06.7891Z",
    "2026-03-01T04:05:06.78912Z,     2026-03-01T04:05:06.78912Z",
    "2026-03-01T04:05:06.789123Z,    2026-03-01T04:05:06.789123Z",
    "2026-03-01T04:05:06.7891234Z,   2026-03-01T04:05:06.7891234Z",
    "2026-03-01T04:05:06z,           2026-03-01T04:05:06Z",
    "2026-03-01T04:05:06.7891234,    2026-03-01T04:05:06.7891234Z",
    "2026-03-01T04:05,               2026-03-01T04:05:00Z",
    "2026-03-01T04:05:06+00:00,      2026-03-01T04:05:06Z",
    "2026-03-01T04:05:06.5-05:30,    2026-03-01T09:35:06.5Z",
    "2026-03-01T04:05:06+0200,       2026-03-01T02:05:06Z"
  })
  void aTimeIsReadInAllItsForms(String text, Instant time) throws NotAnAlert {
    assertThat(read(common(e -> e.put("firedDateTime", text))).what().firedAt()).isEqualTo(time);
    assertThat(read(classic(c -> c.put("timestamp", text))).what().firedAt()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3/22/2019 1:36:33 PM",
        "Friday, March 11, 2016 9:13:23 PM",
        "2026-03-01",
        "2026-13-01T04:05:06Z",
        "2026-03-01T04:05:06.7891234567Z",
        "2026-03-01T04:05:06Z\n2026-03-01T04:05:06Z",
        "+9999999999-01-01T00:00:00Z",
        "1772337906",
        "soon"
      })
  void anAlertWithAnUnreadableTimeIsAnAlertAllTheSame(String text) throws NotAnAlert {
    Alert alert = read(classic(c -> c.put("timestamp", text)));
    assertThat(alert.what().firedAt()).isNull();
    assertThat(alert.what().key()).endsWith(" " + text);
    assertThat(alert.targets()).hasSize(1);
  }
}
