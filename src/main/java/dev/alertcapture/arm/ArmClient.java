package dev.alertcapture.arm;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.RestProxy;
import com.azure.core.management.serializer.SerializerFactory;
import com.azure.core.util.Context;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.azure.BoundedHttpClient;
import dev.alertcapture.azure.UrlPath;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import java.net.URI;

/** Azure Resource Manager over HTTP: one pipeline, bounded in time, with our identity. */
public final class ArmClient {
  static final String NETWORK_VERSION = "2024-07-01";
  static final String COMPUTE_VERSION = "2024-07-01";
  static final String JSON = "application/json";

  private final URI endpoint;
  private final HttpPipeline pipeline;
  private final NetworkWatcherApi api;

  /**
   * A client of one endpoint.
   *
   * @param endpoint scheme, host and port
   */
  public ArmClient(URI endpoint, HttpPipeline pipeline) {
    this.endpoint = endpoint;
    this.pipeline = pipeline;
    this.api =
        RestProxy.create(
            NetworkWatcherApi.class,
            pipeline,
            SerializerFactory.createDefaultManagementSerializerAdapter());
  }

  NetworkWatcherApi api() {
    return api;
  }

  String host() {
    return endpoint.toString();
  }

  /**
   * Follows an operation's URL, which is signed and 3 KB long, to the letter. One that leads
   * anywhere but to this endpoint is refused: our token would go with it.
   */
  HttpResponse follow(String url, Deadline deadline) throws PortException {
    if (!isOurs(url)) {
      throw PortException.refused(Reason.REFUSED, "an operation's URL leads to another host");
    }
    return send(new HttpRequest(HttpMethod.GET, url), deadline);
  }

  /** Reads a resource as it is; whatever the status. */
  HttpResponse get(String id, String version, Deadline deadline) {
    String url = endpoint + "/" + path(id) + "?api-version=" + version;
    return send(new HttpRequest(HttpMethod.GET, url), deadline);
  }

  /** The sessions of a watcher, whatever the status; the body is yet to be read. */
  HttpResponse sessions(String watcherId, Deadline deadline) {
    String url =
        endpoint + "/" + path(watcherId) + "/packetCaptures?api-version=" + NETWORK_VERSION;
    Context context = AzurePipeline.context(deadline);
    return pipeline.sendSync(
        new HttpRequest(HttpMethod.GET, url),
        BoundedHttpClient.upTo(SessionList.MAX_BYTES, context));
  }

  private HttpResponse send(HttpRequest request, Deadline deadline) {
    return pipeline.sendSync(request, BoundedHttpClient.eagerly(AzurePipeline.context(deadline)));
  }

  private boolean isOurs(String url) {
    try {
      URI uri = URI.create(url);
      return endpoint.getScheme().equalsIgnoreCase(uri.getScheme())
          && uri.getRawUserInfo() == null
          && endpoint.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority())
          && uri.getRawPath().startsWith("/subscriptions/")
          && !uri.getPath().contains("..");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** An ARM id as a path: no slash in front, each segment encoded. */
  static String path(String id) {
    return UrlPath.of(id.substring(1));
  }
}
