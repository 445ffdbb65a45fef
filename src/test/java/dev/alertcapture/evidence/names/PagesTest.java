package dev.alertcapture.evidence.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PagesTest {
  private final Pages pages = new Pages();
  private final byte[] into = new byte[Pages.MAX_LENGTH];

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private byte[] text(int handle) {
    return Arrays.copyOf(into, pages.copy(handle, into));
  }

  @Test
  void keepsTextsApartWhateverThePiecesAre() {
    byte[] bytes = random(10_000);
    int one = pages.open();
    int other = pages.open();
    for (int at = 0, n = 1; at < bytes.length; at += n, n = n * 3 % 2_777 + 1) {
      int end = Math.min(bytes.length, at + n);
      pages.append(one, bytes, at, end);
      pages.append(other, bytes, 0, 1);
    }
    assertThat(text(one)).isEqualTo(bytes);
    assertThat(text(other)).containsOnly(bytes[0]);
    assertThat(pages.u8(one, 5)).isEqualTo(bytes[5] & 0xFF);
  }

  @Test
  void aTextEndsAt16KiB() {
    int handle = pages.open();
    pages.append(handle, random(20_000), 0, 20_000);
    pages.append(handle, random(10), 0, 10);
    assertThat(text(handle)).isEqualTo(Arrays.copyOf(random(20_000), Pages.MAX_LENGTH));
  }

  @Test
  void aClosedTextIsNotOpenEvenWhenItsPageIsUsedAgain() {
    int handle = pages.open();
    assertThat(pages.isOpen(handle)).isTrue();
    pages.close(handle);
    assertThat(pages.isOpen(handle)).isFalse();
    int next = pages.open();
    assertThat(pages.isOpen(handle)).isFalse();
    pages.close(handle);
    assertThat(pages.isOpen(next)).isTrue();
    assertThat(pages.isOpen(Pages.NONE)).isFalse();
  }

  @Test
  void dropsAnotherTextWhenNoPageIsFree() {
    int[] handles = new int[Pages.MAX_PAGES];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = pages.open();
    }
    int one = handles[1];
    pages.append(one, random(5_000), 0, 5_000);
    assertThat(pages.isOpen(one)).isTrue();
    assertThat(text(one)).isEqualTo(random(5_000));
    assertThat(pages.dropped()).isEqualTo(2);
    assertThat(Arrays.stream(handles).filter(pages::isOpen).count()).isEqualTo(Pages.MAX_PAGES - 2);
  }

  @Test
  void newTextsFindRoomForEver() {
    for (int i = 0; i < 3 * Pages.MAX_PAGES; i++) {
      int handle = pages.open();
      pages.append(handle, random(3_000), 0, 3_000);
      assertThat(text(handle)).isEqualTo(random(3_000));
    }
  }
}
