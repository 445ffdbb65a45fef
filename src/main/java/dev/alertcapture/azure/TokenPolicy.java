package dev.alertcapture.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.alertcapture.capture.Deadline;
import reactor.core.publisher.Mono;

/**
 * Signs each call with a token, and waits for one no longer than the call's deadline. The call's
 * context is one of {@link AzurePipeline#context}.
 */
public final class TokenPolicy implements HttpPipelinePolicy {
  private final Tokens tokens;

  /** Signs with tokens of an identity. */
  public TokenPolicy(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    return Mono.error(new UnsupportedOperationException("calls are synchronous here"));
  }

  @Override
  public HttpResponse processSync(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
    // The SDK's own policy says the same: a token is worth too much to go in the clear.
    if (!call.getHttpRequest().getUrl().getProtocol().equals("https")) {
      throw new IllegalStateException("tokens are sent over https only");
    }
    Deadline deadline = AzurePipeline.deadline(call);
    call.getHttpRequest()
        .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + tokens.get(deadline).getToken());
    return next.processSync();
  }

  // Before the tries: each of them then has the time that is left after the wait.
  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL;
  }
}
