package dev.alertcapture.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.util.Context;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Pause;
import java.time.Duration;

/** How requests to Azure are sent: signed, bounded in time, tried again where that is safe. */
public final class AzurePipeline {
  /** How long one attempt may take; a PUT of a session has taken seconds. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

  private AzurePipeline() {}

  /**
   * A pipeline that signs each request with a token for a scope.
   *
   * @param credential null for a simulator on loopback, which takes any token
   * @param pause waits between tries
   */
  public static HttpPipeline of(
      HttpClient http, TokenCredential credential, String scope, Pause pause) {
    // The SDK refuses to send a real token over plain http, and rightly: this one is worth nothing.
    HttpPipelinePolicy identity =
        credential == null
            ? new AddHeadersPolicy(
                new com.azure.core.http.HttpHeaders()
                    .set(HttpHeaderName.AUTHORIZATION, "Bearer development"))
            : new BearerTokenAuthenticationPolicy(credential, scope);
    return new HttpPipelineBuilder()
        .httpClient(http)
        .policies(new RequestIdPolicy(), new BoundedRetryPolicy(ATTEMPT_TIMEOUT, pause), identity)
        .build();
  }

  /** A context that bounds a call by a deadline. Each pipeline of ours needs one. */
  public static Context context(Deadline deadline) {
    return BoundedRetryPolicy.context(deadline);
  }
}
