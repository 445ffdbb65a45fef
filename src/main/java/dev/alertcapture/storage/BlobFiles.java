package dev.alertcapture.storage;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import dev.alertcapture.arm.ArmAction;
import dev.alertcapture.arm.ArmClient;
import dev.alertcapture.arm.ArmProblem;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Trouble;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks at files in storage accounts with one HEAD each; no more of the blob service is needed.
 *
 * <p>The path comes from Azure's answer, and our token goes with the request: so only the hosts of
 * the configured accounts are asked.
 */
public final class BlobFiles implements Files {
  // A version is required where a token is used; this one is served by every cloud.
  private static final String VERSION = "2021-12-02";
  private static final HttpHeaderName VERSION_HEADER = HttpHeaderName.fromString("x-ms-version");
  private static final HttpHeaderName ERROR_HEADER = HttpHeaderName.fromString("x-ms-error-code");

  private final HttpPipeline pipeline;
  private final Set<String> folders;

  /**
   * Files as a pipeline sees them.
   *
   * @param folders URLs of the accounts' roots, with a slash at the end
   */
  public BlobFiles(HttpPipeline pipeline, Set<String> folders) {
    this.pipeline = pipeline;
    this.folders = Set.copyOf(folders);
  }

  @Override
  public OptionalLong size(String storagePath, Deadline deadline) throws Trouble {
    URI uri = allowed(storagePath);
    HttpRequest request = new HttpRequest(HttpMethod.HEAD, uri.toString());
    request.setHeader(VERSION_HEADER, VERSION);
    String what = "looking at the file";
    try (HttpResponse answer =
        ArmProblem.of(
            what,
            ArmAction.READ_FILES,
            () -> pipeline.sendSync(request, ArmClient.context(deadline)))) {
      int status = answer.getStatusCode();
      String code = answer.getHeaderValue(ERROR_HEADER);
      String said = what + ": " + status + (code == null ? "" : " " + ArmProblem.clean(code));
      if (status == 200) {
        return OptionalLong.of(length(answer));
      }
      if (status == 404) {
        return OptionalLong.empty();
      }
      if (status == 408 || status == 429 || status >= 500) {
        throw Trouble.unavailable(said, ArmProblem.retryAfter(answer.getHeaders()));
      }
      throw status == 401 || status == 403
          ? Trouble.refused(Reason.FORBIDDEN, ArmAction.READ_FILES.lackedBy(said) + "; " + said)
          : Trouble.refused(Reason.REFUSED, said);
    }
  }

  private URI allowed(String storagePath) throws Trouble {
    try {
      URI uri = URI.create(storagePath).normalize();
      if (folders.stream().anyMatch(folder -> uri.toString().startsWith(folder))
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && !List.of(uri.getPath().split("/", -1)).contains("..")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw Trouble.refused(
        Reason.REFUSED, "the file's path leads to none of the configured storage accounts");
  }

  private static long length(HttpResponse answer) {
    String length = answer.getHeaderValue(HttpHeaderName.CONTENT_LENGTH);
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
  }
}
