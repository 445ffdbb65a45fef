package dev.alertcapture;

import org.junit.jupiter.api.Test;

class ATest {
  @Test
  void x() {}
}
