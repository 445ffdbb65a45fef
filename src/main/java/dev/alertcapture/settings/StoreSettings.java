package dev.alertcapture.settings;

import dev.alertcapture.azure.Cloud;
import dev.alertcapture.table.TableAccount;
import dev.alertcapture.table.TableAccount.Access;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where captures are kept: in the storage account that the Functions host itself uses, found by the
 * host's own settings.
 */
final class StoreSettings {
  private static final Map<String, String> KINDS = Map.of("table", "table", "memory", "memory");
  private static final String CONNECTION = "AzureWebJobsStorage";
  private static final String ACCOUNT_NAME = "[a-z0-9]{3,24}";
  private static final String HOST_SUFFIX = "[a-z0-9-]+(\\.[a-z0-9-]+)+";

  // Azurite's, published by Microsoft and the same on every machine.
  private static final String DEVELOPMENT_ACCOUNT = "devstoreaccount1";
  private static final String DEVELOPMENT_KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
  private static final URI DEVELOPMENT_TABLES =
      URI.create("http://127.0.0.1:10002/" + DEVELOPMENT_ACCOUNT);

  private StoreSettings() {}

  /** The account of the table, or null for the memory. */
  static TableAccount read(Environment env, Cloud cloud) {
    String kind = env.choice("CAPTURE_STORE", null, new TreeMap<>(KINDS));
    if (kind == null && env.text("CAPTURE_STORE") != null) {
      return null;
    }
    if (kind == null || kind.equals("table")) {
      return table(env, cloud);
    }
    if (env.text("WEBSITE_INSTANCE_ID") != null) {
      env.problem(
          "CAPTURE_STORE",
          "memory does not do in Azure, where webhook and timer may be different instances");
    }
    return null;
  }

  /**
   * Whether a plain setting stands beside the identity's in Azure, where portals and tools put it
   * back unasked. The Functions host takes the plain one, or fails over it where it is blank; this
   * app does not.
   */
  static boolean plainBesideIdentity(Environment env) {
    return env.text("WEBSITE_SITE_NAME") != null
        && env.has(CONNECTION)
        && (env.text(CONNECTION + "__accountName") != null
            || env.text(CONNECTION + "__tableServiceUri") != null);
  }

  private static TableAccount table(Environment env, Cloud cloud) {
    if (env.text(CONNECTION + "__tableServiceUri") != null) {
      Access identity = identity(env);
      URI uri = endpoint(env.text(CONNECTION + "__tableServiceUri"));
      // The SDK refuses to send a token over plain http, and rightly.
      if (uri == null || !"https".equals(uri.getScheme())) {
        env.problem(
            CONNECTION + "__tableServiceUri", "not an https URL, as in https://NAME.table…");
        return null;
      }
      return new TableAccount(uri, identity);
    }
    String name = env.text(CONNECTION + "__accountName");
    if (name != null) {
      Access identity = identity(env);
      if (name.matches(ACCOUNT_NAME)) {
        return new TableAccount(
            URI.create("https://" + name + ".table" + cloud.storageSuffix()), identity);
      }
      // It may be a connection string in the wrong place, so it is not repeated.
      env.problem(CONNECTION + "__accountName", "not the name of a storage account");
      return null;
    }
    if (env.text(CONNECTION) == null) {
      env.problem(
          CONNECTION,
          "needed for CAPTURE_STORE=table: set it to a connection string, or set "
              + CONNECTION
              + "__accountName or "
              + CONNECTION
              + "__tableServiceUri; for a local run set CAPTURE_STORE to memory instead");
      return null;
    }
    TableAccount account = connection(env.text(CONNECTION));
    if (account == null) {
      // The value is a secret, so it is not repeated.
      env.problem(
          CONNECTION,
          "not a connection string with AccountName and AccountKey, or TableEndpoint and"
              + " SharedAccessSignature, over https (plain http for loopback only); nor"
              + " UseDevelopmentStorage=true");
    }
    return account;
  }

  private static Access identity(Environment env) {
    env.choice(CONNECTION + "__credential", "", Map.of("managedidentity", "managedidentity"));
    return new Access.Identity(
        env.matching(
            CONNECTION + "__clientId",
            null,
            Settings.GUID,
            "the client id of an identity, a GUID"));
  }

  private static TableAccount connection(String text) {
    Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    if ("true".equalsIgnoreCase(parts.get("UseDevelopmentStorage"))) {
      return new TableAccount(
          DEVELOPMENT_TABLES, new Access.Key(DEVELOPMENT_ACCOUNT, DEVELOPMENT_KEY));
    }
    String name = parts.getOrDefault("AccountName", "");
    String suffix = parts.getOrDefault("EndpointSuffix", "core.windows.net");
    String scheme = parts.getOrDefault("DefaultEndpointsProtocol", "https");
    URI endpoint = null;
    if (parts.containsKey("TableEndpoint")) {
      endpoint = endpoint(parts.get("TableEndpoint"));
    } else if (name.matches(ACCOUNT_NAME) && suffix.matches(HOST_SUFFIX)) {
      endpoint = endpoint(scheme + "://" + name + ".table." + suffix);
    }
    Access access = access(name, parts);
    return endpoint == null || access == null ? null : new TableAccount(endpoint, access);
  }

  private static Access access(String name, Map<String, String> parts) {
    String key = parts.getOrDefault("AccountKey", "");
    String sas = parts.getOrDefault("SharedAccessSignature", "");
    if (name.matches(ACCOUNT_NAME) && key.matches("[A-Za-z0-9+/]{4,}={0,2}")) {
      return new Access.Key(name, key);
    }
    boolean signature = sas.matches("\\??[\\x21-\\x7e&&[^#]]*\\bsig=[\\x21-\\x7e&&[^#]]*");
    return signature ? new Access.Signature(sas.startsWith("?") ? sas.substring(1) : sas) : null;
  }

  /** Without a slash at the end; null for what is no endpoint. */
  private static URI endpoint(String text) {
    URI uri = Settings.url(text);
    if (uri == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !uri.getRawPath().matches("(/[A-Za-z0-9]+)?/?")) {
      return null;
    }
    String path = uri.getRawPath().replaceAll("/$", "");
    return URI.create(
        (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT) + path);
  }
}
