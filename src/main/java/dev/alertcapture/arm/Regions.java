package dev.alertcapture.arm;

import java.util.Locale;
import java.util.Optional;

/** Regions by name: Azure writes {@code westcentralus} and {@code West Central US}. */
public final class Regions {
  private Regions() {}

  /** Lower case without spaces, or empty where it can't be a region. */
  public static Optional<String> normal(String location) {
    String name = location == null ? "" : location.replace(" ", "").toLowerCase(Locale.ROOT);
    return name.matches("[a-z0-9]{1,50}") ? Optional.of(name) : Optional.empty();
  }
}
