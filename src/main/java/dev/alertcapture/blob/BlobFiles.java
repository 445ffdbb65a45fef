package dev.alertcapture.blob;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import dev.alertcapture.azure.ArmAction;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.azure.AzureProblem;
import dev.alertcapture.azure.UrlPath;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks at files in storage accounts with one HEAD each, or one list for those of a scale set; no
 * more of the blob service is needed.
 *
 * <p>The path comes from Azure's answer, and our token goes with the request: so only the hosts of
 * the configured accounts are asked.
 */
public final class BlobFiles implements Files {
  // A version is required where a token is used; this one is served by every cloud.
  private static final String VERSION = "2021-12-02";
  private static final HttpHeaderName VERSION_HEADER = HttpHeaderName.fromString("x-ms-version");
  private static final HttpHeaderName ERROR_HEADER = HttpHeaderName.fromString("x-ms-error-code");

  private static final String ELSEWHERE =
      "the file's path leads to none of the configured storage accounts";

  private static final int MAX_PAGES = 5;

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
  public OptionalLong size(String storagePath, Deadline deadline) throws PortException {
    try (HttpResponse answer = ask(HttpMethod.HEAD, allowed(storagePath).toString(), deadline)) {
      return answer.getStatusCode() == 200 ? OptionalLong.of(length(answer)) : OptionalLong.empty();
    }
  }

  @Override
  public List<CaptureFile.Part> beside(String storagePath, Deadline deadline) throws PortException {
    URI uri = allowed(storagePath);
    String root = folders.stream().filter(uri.toString()::startsWith).findFirst().orElseThrow();
    String[] path = uri.toString().substring(root.length()).split("/", 2);
    String prefix = decode(path.length < 2 ? "" : path[1]).replaceAll("\\.[^./]*$", "");
    if (prefix.isEmpty()) {
      throw PortException.refused(Reason.REFUSED, ELSEWHERE);
    }
    String container = root + path[0];
    String url =
        container
            + "?restype=container&comp=list&maxresults=1000&prefix="
            + UrlPath.segment(prefix);
    List<CaptureFile.Part> files = new ArrayList<>();
    String marker = "";
    // Azure may break a list off anywhere, and says where to go on.
    for (int i = 0; i < MAX_PAGES && marker != null; i++) {
      try (HttpResponse answer = ask(HttpMethod.GET, url + marker, deadline)) {
        if (answer.getStatusCode() != 200) {
          break;
        }
        BlobList list = BlobList.read(answer.getBodyAsInputStreamSync(), container);
        files.addAll(list.blobs());
        marker = list.next() == null ? null : "&marker=" + UrlPath.segment(list.next());
      }
    }
    return files;
  }

  private static String decode(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Answers with 200 or 404. */
  private HttpResponse ask(HttpMethod method, String url, Deadline deadline) throws PortException {
    HttpRequest request = new HttpRequest(method, url);
    request.setHeader(VERSION_HEADER, VERSION);
    String what = "looking at the file";
    HttpResponse answer =
        AzureProblem.of(
            what,
            ArmAction.READ_FILES,
            () -> pipeline.sendSync(request, AzurePipeline.context(deadline)));
    int status = answer.getStatusCode();
    if (status == 200 || status == 404) {
      return answer;
    }
    answer.close();
    String code = answer.getHeaderValue(ERROR_HEADER);
    String said = what + ": " + status + (code == null ? "" : " " + AzureProblem.clean(code));
    if (status == 408 || status == 429 || status >= 500) {
      throw PortException.unavailable(said, AzureProblem.retryAfter(answer.getHeaders()));
    }
    throw status == 401 || status == 403
        ? PortException.refused(Reason.FORBIDDEN, ArmAction.READ_FILES.lackedBy(said) + "; " + said)
        : PortException.refused(Reason.REFUSED, said);
  }

  private URI allowed(String storagePath) throws PortException {
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
    throw PortException.refused(Reason.REFUSED, ELSEWHERE);
  }

  private static long length(HttpResponse answer) {
    String length = answer.getHeaderValue(HttpHeaderName.CONTENT_LENGTH);
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
  }
}
