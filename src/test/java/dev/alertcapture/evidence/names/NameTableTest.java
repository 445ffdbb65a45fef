package dev.alertcapture.evidence.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NameTableTest {
  private final NameTable table = new NameTable();
  private final NameText text = new NameText();

  private int number(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    text.clear();
    text.append(bytes, 0, bytes.length);
    return table.number(text);
  }

  @Test
  void numbersNamesInTheOrderOfTheirFirstAppearance() {
    assertThat(number("a.example")).isZero();
    assertThat(number("b.example")).isEqualTo(1);
    assertThat(number("A.example")).isZero();
    assertThat(table.text(1)).isEqualTo("b.example");
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void keepsAnEmptyName() {
    assertThat(number("a")).isZero();
    assertThat(number("")).isEqualTo(1);
    assertThat(table.text(1)).isEmpty();
  }

  @Test
  void refusesNamesBeyondItsBoundAndStillFindsTheOthers() {
    for (int i = 0; i < NameTable.MAX_NAMES; i++) {
      assertThat(number("name-" + i)).isEqualTo(i);
    }
    assertThat(number("one more")).isEqualTo(NameTable.NONE);
    assertThat(table.refused()).isEqualTo(1);
    assertThat(number("name-12345")).isEqualTo(12_345);
    assertThat(table.text(16_383)).isEqualTo("name-16383");
  }
}
