package dev.alertcapture.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Pause;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;

/**
 * Gives each attempt its time-out, and repeats it at most twice, with jitter, while the deadline of
 * the call allows. azure-core's own retries know no deadline, and sleep through a Retry-After of
 * any length inside the call; here a longer one is the caller's to keep.
 */
final class BoundedRetryPolicy implements HttpPipelinePolicy {
  // The name under which azure-core's HTTP clients look for a time-out in the context.
  private static final String RESPONSE_TIMEOUT = "azure-response-timeout";
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final int MAX_RETRIES = 2;
  private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(1);

  // A PUT of a session has taken seconds; an answer to a question that takes longer is asked anew.
  private static final Duration PUT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

  private final Pause pause;

  BoundedRetryPolicy(Pause pause) {
    this.pause = pause;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    return Mono.error(new UnsupportedOperationException("calls are synchronous here"));
  }

  @Override
  public HttpResponse processSync(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
    Deadline deadline = AzurePipeline.deadline(call);
    Duration attemptTimeout =
        call.getHttpRequest().getHttpMethod() == HttpMethod.PUT ? PUT_TIMEOUT : ATTEMPT_TIMEOUT;
    for (int retry = 0; ; retry++) {
      Duration timeout = min(attemptTimeout, deadline.left());
      if (timeout.isZero()) {
        throw new UncheckedIOException(new java.net.http.HttpTimeoutException("no time left"));
      }
      call.setData(RESPONSE_TIMEOUT, timeout);
      Duration time = Duration.ofMillis(ThreadLocalRandom.current().nextLong(100, 400L << retry));
      try {
        HttpResponse response = next.clone().processSync();
        Duration asked = AzureProblem.retryAfter(response.getHeaders());
        time = asked != null && asked.compareTo(time) > 0 ? asked : time;
        if (!PASSING.contains(response.getStatusCode()) || !mayRetry(retry, time, deadline)) {
          return response;
        }
        response.close();
      } catch (UncheckedIOException e) {
        if (!mayRetry(retry, time, deadline)) {
          throw e;
        }
      }
      rest(time);
    }
  }

  private void rest(Duration time) {
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted between tries"));
    }
  }

  private static boolean mayRetry(int retry, Duration time, Deadline deadline) {
    return retry < MAX_RETRIES
        && time.compareTo(MAX_RETRY_DELAY) <= 0
        && deadline.left().compareTo(time) > 0;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
