package dev.alertcapture.news;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.alert.Alert;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measurements in units that people think in. */
class MeasurementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Network Out Total | GreaterThan | 3000000000 | 12300000000 | Total | PT5M |"
            + " | Network Out Total 12.3 GB in 5 minutes (41 MB/s), threshold 3 GB",
        "Network In Total | LessThan | 100 | 999600 | Total | PT1M |"
            + " | Network In Total 1 MB in 60 seconds (16.7 kB/s), threshold below 100 B",
        "Percentage CPU | GreaterThan | 1 | 17.7654545454545 | Average | PT10M | Percent"
            + " | Percentage CPU 17.8% on average over 10 minutes, threshold 1%",
        "Available Memory Bytes | LessThanOrEqual | 500000000 | 480142950.4 | Average | PT5M |"
            + " | Available Memory Bytes 480 MB on average over 5 minutes, threshold at most 500 MB",
        "OS Disk Read Bytes/sec | GreaterThan | 2500000 | 3000000 | Maximum | PT1H |"
            + " | OS Disk Read Bytes/sec 3 MB/s at its highest in 60 minutes, threshold 2.5 MB/s",
        "Disk Read Operations/Sec | GreaterThanOrEqual | 10 | 12.345 | Minimum | |"
            + " | Disk Read Operations/Sec 12.3/s at its lowest, threshold at least 10/s",
        "Heartbeat | LessThan | 1 | 0.0 | Count | PT5M |"
            + " | Heartbeat 0 counted in 5 minutes, threshold below 1",
        "Inbound Flows | GreaterThan | 100000 | 1234567.8 | Average | PT1H |"
            + " | Inbound Flows 1,234,568 on average over 60 minutes, threshold 100,000",
        "Request time | GreaterThan | 1 | 1.5 | Average | PT1H | Milliseconds"
            + " | Request time 1.5 ms on average over 60 minutes, threshold 1 ms",
        "Percentage CPU | GreaterOrLessThan | 0.3 | 91.5 | Average | PT5M |"
            + " | Percentage CPU 91.5% on average over 5 minutes, threshold GreaterOrLessThan 0.3%",
        "Network Out Total | GreaterThan | 3000000000 | 12300000000 | | |"
            + " | Network Out Total 12.3 GB, threshold 3 GB",
        "Network Out Total | GreaterThan | many | | Total | PT5M |"
            + " | Network Out Total, threshold many",
        " | | | 9e99999 | | | | the metric 9e99999",
        "Network Out | | | 1e99 | Total | PT5M | | Network Out 1e99 in 5 minutes",
        "Network Out | | | -1500 | Total | PT5M | | Network Out -1.5 kB in 5 minutes (-5 B/s)",
      })
  void aMeasurementIsOneClause(
      String metric,
      String operator,
      String threshold,
      String value,
      String aggregation,
      Duration window,
      String unit,
      String words) {
    assertThat(
            Measurement.inWords(
                new Alert.Condition(metric, operator, threshold, value, aggregation, window, unit)))
        .isEqualTo(words);
  }
}
