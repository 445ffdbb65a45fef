package dev.alertcapture.settings;

import dev.alertcapture.alert.CallerRule;
import dev.alertcapture.azure.Cloud;
import dev.alertcapture.azure.Identity;
import dev.alertcapture.table.TableAccount;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The app's settings, typed. The README's table says what each means; defaults follow the
 * documented PowerShell function.
 *
 * @param endpoint Azure Resource Manager, where it is not the cloud's; else null
 * @param identity who the app is to Azure
 * @param table where captures are kept, null to keep them in memory
 * @param plainStorage whether a plain {@code AzureWebJobsStorage} stands beside the identity's
 *     settings in Azure, which breaks the Functions host
 * @param caller who may post alerts besides having a key, null for anybody who has one
 */
public record Settings(
    DestinationSettings destinations,
    CaptureSettings captures,
    Cloud cloud,
    URI endpoint,
    Identity identity,
    NotifySettings notifications,
    SiteSettings site,
    TableAccount table,
    boolean plainStorage,
    CallerRule caller) {

  static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  private static final Pattern ROLE = Pattern.compile("[\\x21-\\x7e]{1,120}");

  /** Reads all settings, or says all that is wrong with them. */
  public static Settings read(Map<String, String> environment) throws BadSettings {
    Environment env = new Environment(environment);
    Cloud cloud = env.choice("AZURE_CLOUD", Cloud.AZURE_CLOUD, clouds());
    Settings settings =
        new Settings(
            DestinationSettings.read(env),
            CaptureSettings.read(env),
            cloud,
            endpoint(env),
            IdentitySettings.read(env),
            NotifySettings.read(env),
            SiteSettings.read(env),
            StoreSettings.read(env, cloud),
            StoreSettings.plainBesideIdentity(env),
            caller(env));
    if (!env.problems().isEmpty()) {
      throw new BadSettings(env.problems());
    }
    return settings;
  }

  private static CallerRule caller(Environment env) {
    String key = "ALERT_CALLER_ID";
    String id = env.matching(key, null, GUID, "the client id of an application, a GUID");
    String role =
        env.matching(
            "ALERT_CALLER_ROLE",
            "ActionGroupsSecureWebhook",
            ROLE,
            "the value of an app role, 1 to 120 characters without blanks");
    // Set by Azure where App Service Authentication is on.
    if (id != null && !"true".equalsIgnoreCase(env.text("WEBSITE_AUTH_ENABLED"))) {
      env.problem(
          key,
          "needs App Service Authentication, which vouches for callers: switch it on (infra's"
              + " parameter alertApiClientId does), or leave this away");
    }
    return id == null ? null : new CallerRule(id, role);
  }

  private static Map<String, Cloud> clouds() {
    Map<String, Cloud> clouds = new LinkedHashMap<>();
    for (Cloud cloud : Cloud.values()) {
      clouds.put(cloud.settingName(), cloud);
    }
    return clouds;
  }

  private static URI endpoint(Environment env) {
    String key = "AZURE_RESOURCE_MANAGER_ENDPOINT";
    String right = "an https URL without a path (plain http for loopback only)";
    URI uri = url(env, key, right);
    if (uri != null && (!uri.getRawPath().matches("/?") || uri.getRawQuery() != null)) {
      env.problem(key, "not " + right);
      return null;
    }
    return uri == null ? null : URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
  }

  static URI url(Environment env, String key, String right) {
    String text = env.text(key);
    URI uri = text == null ? null : url(text);
    if (text != null && uri == null) {
      // The value may hold a secret, so it is not repeated.
      env.problem(key, "not " + right);
    }
    return uri;
  }

  /** An https URL, or a plain http one that leads to this machine; else null. */
  static URI url(String text) {
    try {
      URI uri = URI.create(text);
      boolean https = "https".equalsIgnoreCase(uri.getScheme());
      boolean local = "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri);
      boolean right = uri.getHost() != null && uri.getRawUserInfo() == null && (https || local);
      return right ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The app's own subscription, where Azure tells, and those of the storage accounts. */
  public Set<String> subscriptions() {
    Set<String> all = new TreeSet<>();
    if (site.ownSubscription() != null) {
      all.add(site.ownSubscription());
    }
    destinations
        .storageAccounts()
        .values()
        .forEach(id -> all.add(id.split("/", -1)[2].toLowerCase(Locale.ROOT)));
    return all;
  }

  /** Whether a URL leads to this machine alone. */
  public static boolean isLoopback(URI uri) {
    String host = uri.getHost();
    return host != null && host.matches("localhost|127\\.0\\.0\\.1|\\[::1]");
  }
}
