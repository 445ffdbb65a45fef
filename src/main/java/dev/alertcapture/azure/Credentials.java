package dev.alertcapture.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import java.time.Duration;

/** Makes what gets tokens for an identity. */
public final class Credentials {
  // As a policy: off App Service azure-identity 1.19 has one of its own for managed identities, and
  // fails at every token where it finds options beside it.
  private static final RetryPolicy RETRIES =
      new RetryPolicy(new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(200))));

  private Credentials() {}

  /** A credential in a cloud, over the HTTP client that the app shares. */
  public static TokenCredential of(Identity identity, Cloud cloud, HttpClient http) {
    if (identity instanceof Identity.ServicePrincipal principal) {
      return new ExplainingCredential(
          new ClientSecretCredentialBuilder()
              .authorityHost(cloud.authority())
              .tenantId(principal.tenant())
              .clientId(principal.clientId())
              .clientSecret(principal.secret())
              .disableInstanceDiscovery()
              .httpClient(http)
              .retryPolicy(RETRIES)
              .build());
    }
    return managed(((Identity.Managed) identity).clientId(), http);
  }

  /**
   * A credential of an identity that Azure keeps for the app.
   *
   * @param clientId of a user-assigned one; null for the system-assigned one
   */
  public static TokenCredential managed(String clientId, HttpClient http) {
    return new ExplainingCredential(
        new ManagedIdentityCredentialBuilder()
            .clientId(clientId)
            .httpClient(http)
            .retryPolicy(RETRIES)
            .build());
  }
}
