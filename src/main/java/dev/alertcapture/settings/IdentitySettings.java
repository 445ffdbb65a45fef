package dev.alertcapture.settings;

import dev.alertcapture.azure.Identity;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who the app is to Azure: a managed identity, or the service principal of the documented
 * PowerShell function by that function's own settings.
 */
final class IdentitySettings {
  private static final String MANAGED = "AZURE_CLIENT_ID";
  private static final String TENANT = "AzureTenant";
  private static final String CLIENT = "AzureClientID";
  private static final String PASSWORD = "AzureCredPassword";
  private static final List<String> PRINCIPAL = List.of(TENANT, CLIENT, PASSWORD);
  private static final Pattern TENANT_FORM = Pattern.compile("[A-Za-z0-9.-]{1,253}");

  private IdentitySettings() {}

  /** Null only where a problem was said. */
  static Identity read(Environment env) {
    String managed = env.text(MANAGED);
    if (managed != null && !Settings.GUID.matcher(managed).matches()) {
      env.problem(MANAGED, "not the client id of an identity, a GUID");
    }
    List<String> missing =
        PRINCIPAL.stream().filter(key -> env.textInAnyCase(key) == null).toList();
    if (missing.size() == PRINCIPAL.size()) {
      return new Identity.Managed(managed);
    }
    String all = String.join(", ", PRINCIPAL);
    for (String key : missing) {
      env.problem(key, "needed: a service principal takes all of " + all);
    }
    if (managed != null) {
      env.problem(
          MANAGED,
          "names a managed identity, and " + all + " a service principal; unset one of them");
    }
    return missing.isEmpty() ? principal(env) : null;
  }

  // No value is repeated: it may be the secret in the wrong place.
  private static Identity principal(Environment env) {
    String tenant = env.textInAnyCase(TENANT);
    if (!TENANT_FORM.matcher(tenant).matches()) {
      env.problem(TENANT, "not the id or the domain of a tenant");
    }
    String client = env.textInAnyCase(CLIENT);
    if (!Settings.GUID.matcher(client).matches()) {
      env.problem(CLIENT, "not the id of an application, a GUID");
    }
    return new Identity.ServicePrincipal(tenant, client, secret(env, env.textInAnyCase(PASSWORD)));
  }

  private static String secret(Environment env, String password) {
    if (!EncryptedPassword.isOne(password)) {
      return password;
    }
    CredentialKey key = CredentialKey.read(env);
    EncryptedPassword encrypted = EncryptedPassword.parse(password);
    if (encrypted == null) {
      env.problem(
          PASSWORD,
          "damaged: it starts as ConvertFrom-SecureString writes it, and does not go on so;"
              + " copy it again, whole");
    }
    if (key == null || encrypted == null) {
      return null;
    }
    String secret = encrypted.open(key.bytes());
    if (secret == null) {
      env.problem(
          key.setting(),
          key.where()
              + " is not the key that "
              + PASSWORD
              + " was encrypted with (or that value was changed since)");
    }
    return secret;
  }
}
