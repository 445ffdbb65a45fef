package dev.alertcapture.settings;

import java.util.List;

/** Settings that can't be used: one message that says of each what is wrong and what is right. */
public final class BadSettings extends Exception {
  private static final long serialVersionUID = 1L;

  BadSettings(List<String> problems) {
    super(String.join(System.lineSeparator(), problems), null, false, false);
  }
}
