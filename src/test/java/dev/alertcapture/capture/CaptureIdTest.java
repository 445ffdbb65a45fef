package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureIdTest {
  private final Random random = new Random(1);

  @Test
  void theNewestSortsFirst() {
    List<String> ids = new ArrayList<>();
    for (long millis : List.of(0L, 1L, 31L, 32L, 1023L, 1024L, 86_400_000L, 1L << 44)) {
      ids.add(0, CaptureId.next(T0.plusMillis(millis), random));
    }
    assertThat(ids).isSorted();
    assertThat(CaptureId.next(Instant.EPOCH, random)).isGreaterThan(ids.get(ids.size() - 1));
  }

  @Test
  void idsOfOneMomentDiffer() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      ids.add(CaptureId.next(T0, random));
    }
    assertThat(ids).hasSize(1000).allMatch(CaptureId::isId);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "0123456789abcdefghjk", // 20
        "0123456789abcdefghjkmn", // 22
        "0123456789abcdefghjki",
        "0123456789abcdefghjkl",
        "0123456789abcdefghjko",
        "0123456789abcdefghjku",
        "0123456789ABCDEFGHJKM",
        "0123456789abcdefghjk/",
        "0123456789abcdefghjk\n",
        "0123456789abcdefghjkm\n"
      })
  void whateverElseIsNoId(String text) {
    assertThat(CaptureId.isId(text)).isFalse();
  }
}
