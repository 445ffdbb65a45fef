package dev.alertcapture.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.util.Context;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Pause;
import java.time.Duration;
import java.util.Optional;

/** How requests to Azure are sent: signed, bounded in time, tried again where that is safe. */
public final class AzurePipeline {
  private static final String DEADLINE = "alert-capture-deadline";

  private AzurePipeline() {}

  /**
   * A pipeline that signs each request with a token for a scope.
   *
   * @param credential null for a simulator on loopback, which takes any token
   * @param pause waits between tries
   */
  public static HttpPipeline of(
      HttpClient http, TokenCredential credential, String scope, Pause pause) {
    // Over plain http goes this one alone, which is worth nothing.
    HttpPipelinePolicy identity =
        credential == null
            ? new AddHeadersPolicy(
                new com.azure.core.http.HttpHeaders()
                    .set(HttpHeaderName.AUTHORIZATION, "Bearer development"))
            : new TokenPolicy(new Tokens(credential, scope));
    return new HttpPipelineBuilder()
        .httpClient(http)
        .policies(new RequestIdPolicy(), identity, new BoundedRetryPolicy(pause))
        .build();
  }

  /** A context that bounds a call by a deadline. Each pipeline of ours needs one. */
  public static Context context(Deadline deadline) {
    return new Context(DEADLINE, deadline);
  }

  /** The same, of a call that has so much time from now. */
  public static Context context(Duration time) {
    return context(Deadline.in(time, System::nanoTime));
  }

  static Optional<Deadline> deadline(Context context) {
    return context.getData(DEADLINE).map(Deadline.class::cast);
  }

  /** The deadline of a call. */
  static Deadline deadline(HttpPipelineCallContext call) {
    return (Deadline) call.getData(DEADLINE).orElseThrow();
  }
}
