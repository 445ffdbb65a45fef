package dev.alertcapture.settings;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.alert.CallerRule;
import dev.alertcapture.azure.Cloud;
import dev.alertcapture.azure.Identity;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.table.TableAccount;
import dev.alertcapture.target.Scopes;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The app's settings, typed. The README's table says what each means; defaults follow the
 * documented PowerShell function.
 *
 * @param storageAccounts ARM ids by region; the key {@code ""} is for every region
 * @param storagePath container and folders in the account, else null
 * @param localPath a folder on the machine, else null
 * @param endpoint Azure Resource Manager, where it is not the cloud's; else null
 * @param identity who the app is to Azure
 * @param siteName of the function app, null outside Azure
 * @param site its address, without a slash at the end; null where it is not known
 * @param ownSubscription that the app is in, null outside Azure
 * @param table where captures are kept, null to keep them in memory
 * @param caller who may post alerts besides having a key, null for anybody who has one
 */
public record Settings(
    Map<String, String> storageAccounts,
    String storagePath,
    String localPath,
    CaptureOptions options,
    int limit,
    Duration queueTimeout,
    Duration cooldown,
    Duration sessionRetention,
    Duration historyRetention,
    String namePrefix,
    boolean stopOnResolved,
    List<Alert.Kind> alertKinds,
    Scopes scopes,
    Cloud cloud,
    URI endpoint,
    Identity identity,
    NotifySettings notifications,
    String siteName,
    String site,
    String ownSubscription,
    TableAccount table,
    CallerRule caller) {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,39}");
  static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  private static final Pattern ROLE = Pattern.compile("[\\x21-\\x7e]{1,120}");
  private static final Duration ALWAYS = Duration.ofDays(3650);

  /** Reads all settings, or says all that is wrong with them. */
  public static Settings read(Map<String, String> environment) throws BadSettings {
    Environment env = new Environment(environment);
    Cloud cloud = env.choice("AZURE_CLOUD", Cloud.AZURE_CLOUD, clouds());
    Settings settings =
        new Settings(
            DestinationSettings.accounts(env),
            DestinationSettings.storagePath(env),
            DestinationSettings.localPath(env),
            CaptureSettings.options(env),
            (int) env.number("CAPTURE_LIMIT", 10, 1, 10_000),
            span(env, "CAPTURE_QUEUE_TIMEOUT", Duration.ofMinutes(2)),
            span(env, "CAPTURE_COOLDOWN", Duration.ofMinutes(5)),
            span(env, "CAPTURE_SESSION_RETENTION", Duration.ofMinutes(5)),
            span(env, "CAPTURE_HISTORY_RETENTION", Duration.ofDays(30)),
            env.matching(
                "CAPTURE_NAME_PREFIX",
                "alert-",
                PREFIX,
                "1 to 40 letters, digits, dots, dashes or underscores; not a dot or a dash first"),
            env.choice(
                "CAPTURE_STOP_ON_RESOLVED",
                false,
                new TreeMap<>(Map.of("true", true, "false", false))),
            CaptureSettings.kinds(env),
            CaptureSettings.scopes(env),
            cloud,
            endpoint(env),
            IdentitySettings.read(env),
            NotifySettings.read(env),
            env.text("WEBSITE_SITE_NAME"),
            site(env),
            ownSubscription(env),
            StoreSettings.read(env, cloud),
            caller(env));
    if (settings.storageAccounts().isEmpty()
        && settings.localPath() == null
        && env.text("CAPTURE_STORAGE_ACCOUNT_ID") == null) {
      env.problem(
          "CAPTURE_STORAGE_ACCOUNT_ID",
          "needed, unless CAPTURE_LOCAL_PATH is set: the ARM id of the storage account that gets"
              + " the files");
    }
    if (!env.problems().isEmpty()) {
      throw new BadSettings(env.problems());
    }
    return settings;
  }

  // Azure sets WEBSITE_HOSTNAME, and so do local hosts, which have no certificate.
  private static String site(Environment env) {
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

  private static Duration span(Environment env, String key, Duration otherwise) {
    return env.duration(key, otherwise, Duration.ZERO, ALWAYS);
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
    if (ownSubscription != null) {
      all.add(ownSubscription);
    }
    storageAccounts.values().forEach(id -> all.add(id.split("/", -1)[2].toLowerCase(Locale.ROOT)));
    return all;
  }

  /** Whether a URL leads to this machine alone. */
  public static boolean isLoopback(URI uri) {
    String host = uri.getHost();
    return host != null && host.matches("localhost|127\\.0\\.0\\.1|\\[::1]");
  }
}
