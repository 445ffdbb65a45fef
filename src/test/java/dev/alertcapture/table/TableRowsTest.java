package dev.alertcapture.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.models.TableEntity;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Write.Insert;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a value is cut into properties. */
class TableRowsTest {
  private static TableEntity entity(String value) {
    return TableRows.action(new Insert("c:1", value)).getEntity();
  }

  private static List<String> pieces(String value) {
    return entity(value).getProperties().entrySet().stream()
        .filter(property -> property.getKey().matches("v\\d+"))
        .map(property -> (String) property.getValue())
        .toList();
  }

  // The emulator takes half a pair, so it would not tell.
  @Test
  void noPropertyEndsInHalfAPairOrIsLongerThanTheServiceTakes() {
    String pairs = "\ud83d\ude00".repeat(CaptureStore.MAX_VALUE_CHARS / 2 - 1);
    for (String value : List.of(pairs, "a" + pairs)) {
      assertThat(pieces(value))
          .hasSizeBetween(16, 17)
          .allSatisfy(
              piece -> {
                assertThat(piece).hasSizeLessThanOrEqualTo(32 * 1024);
                assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
              });
      assertThat(TableRows.row(entity(value)).value()).isEqualTo(value);
    }
  }

  @Test
  void emptyValueIsNoProperty() {
    assertThat(pieces("")).isEmpty();
    assertThat(TableRows.row(entity("")).value()).isEmpty();
  }
}
