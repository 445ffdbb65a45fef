package dev.alertcapture.evidence.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NameTextTest {
  private final NameText name = new NameText();

  private String shown(String bytes) {
    byte[] octets = bytes.getBytes(StandardCharsets.ISO_8859_1);
    name.clear();
    name.append(octets, 0, octets.length);
    return name.toString();
  }

  @Test
  void lowersLetters() {
    assertThat(shown("WWW.Example-1.COM")).isEqualTo("www.example-1.com");
  }

  @Test
  void escapesWhatIsNotPrintableAscii() {
    assertThat(shown("a b\u0000\u001b\u007f\u00e9~!")).isEqualTo("a\\x20b\\x00\\x1B\\x7F\\xE9~!");
  }

  @Test
  void endsAfter255Characters() {
    assertThat(shown("a".repeat(300))).hasSize(255);
  }

  @Test
  void neverCutsAnEscape() {
    assertThat(shown("a".repeat(253) + "\u0000b")).isEqualTo("a".repeat(253));
  }
}
