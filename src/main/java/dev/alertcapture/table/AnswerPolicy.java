package dev.alertcapture.table;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/**
 * Takes refusals and answers to transactions off the wire, before the SDK (12.5.9) reads them. It
 * ends in a LinkageError where a refusal comes as XML, loses the ETags of a transaction's rows, and
 * breaks off at an error that does not name its row.
 */
final class AnswerPolicy implements HttpPipelinePolicy {
  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    return Mono.error(new UnsupportedOperationException("calls are synchronous here"));
  }

  @Override
  public HttpResponse processSync(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
    HttpResponse response = next.processSync();
    boolean refused = response.getStatusCode() >= 400;
    TransactionAnswer answer = TransactionAnswer.awaitedBy(call);
    if (!refused && answer == null) {
      return response;
    }
    HttpResponse whole = response.buffer();
    String body = whole.getBodyAsBinaryData().toString();
    if (refused) {
      throw TableFailure.answered(whole.getStatusCode(), body);
    }
    answer.came(body);
    return whole;
  }
}
