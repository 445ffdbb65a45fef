package dev.alertcapture.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.traffic.Case;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file comes in pieces of any size. */
class PiecesTest {
  private static final int LARGE = 8 << 20;
  private static final int QUICK = 200_000;

  static List<Case> cases() {
    return Case.all().stream().filter(each -> each.bytes().length < QUICK).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameIsReadInPiecesOfAnySize(Case each) throws IOException {
    byte[] capture = each.bytes();
    List<String> expected = read(capture, LARGE);

    assertThat(read(capture, LARGE)).as("a second time").isEqualTo(expected);
    assertThat(read(capture, 7)).isEqualTo(expected);
    assertThat(read(capture, 1)).isEqualTo(expected);
  }

  private static List<String> read(byte[] capture, int most) throws IOException {
    return new Reading(new Pieces(capture, most), 1 << 24).lines;
  }

  /** Gives at most so many bytes at once. */
  private static final class Pieces extends ByteArrayInputStream {
    private final int most;

    Pieces(byte[] bytes, int most) {
      super(bytes);
      this.most = most;
    }

    @Override
    public synchronized int read(byte[] to, int at, int length) {
      return super.read(to, at, Math.min(most, length));
    }
  }
}
