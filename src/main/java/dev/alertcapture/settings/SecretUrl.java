package dev.alertcapture.settings;

import java.net.URI;

/** A URL that is its own password, as webhooks' are: it never prints. */
public record SecretUrl(URI url) {
  @Override
  public String toString() {
    return "SecretUrl[" + url.getScheme() + "://…]";
  }
}
