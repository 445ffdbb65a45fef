package dev.alertcapture.settings;

import java.util.Locale;

/**
 * What Azure says about the function app itself.
 *
 * @param name of the app, null outside Azure
 * @param address of the app, without a slash at the end; null where it is not known
 * @param ownSubscription that the app is in, null outside Azure
 */
public record SiteSettings(String name, String address, String ownSubscription) {
  static SiteSettings read(Environment env) {
    return new SiteSettings(env.text("WEBSITE_SITE_NAME"), address(env), ownSubscription(env));
  }

  // Azure sets WEBSITE_HOSTNAME, and so do local hosts, which have no certificate.
  private static String address(Environment env) {
    String host = env.text("WEBSITE_HOSTNAME");
    if (host == null || !host.matches("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?")) {
      return null;
    }
    return (host.matches("(localhost|127\\.0\\.0\\.1)(:.*)?") ? "http://" : "https://") + host;
  }

  // Azure sets WEBSITE_OWNER_NAME to "{subscription}+{web space}".
  private static String ownSubscription(Environment env) {
    String owner = env.text("WEBSITE_OWNER_NAME");
    String subscription = owner == null ? "" : owner.replaceAll("\\+.*", "");
    return subscription.matches("[A-Za-z0-9-]{1,64}")
        ? subscription.toLowerCase(Locale.ROOT)
        : null;
  }
}
