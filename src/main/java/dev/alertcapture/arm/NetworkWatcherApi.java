package dev.alertcapture.arm;

import com.azure.core.annotation.BodyParam;
import com.azure.core.annotation.Delete;
import com.azure.core.annotation.ExpectedResponses;
import com.azure.core.annotation.Get;
import com.azure.core.annotation.HeaderParam;
import com.azure.core.annotation.Host;
import com.azure.core.annotation.HostParam;
import com.azure.core.annotation.PathParam;
import com.azure.core.annotation.Post;
import com.azure.core.annotation.Put;
import com.azure.core.annotation.QueryParam;
import com.azure.core.annotation.ServiceInterface;
import com.azure.core.annotation.UnexpectedResponseExceptionType;
import com.azure.core.http.rest.Response;
import com.azure.core.management.Resource;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.network.fluent.models.PacketCaptureInner;
import com.azure.resourcemanager.network.fluent.models.PacketCaptureQueryStatusResultInner;
import com.azure.resourcemanager.network.fluent.models.PacketCaptureResultInner;
import com.azure.resourcemanager.network.models.NetworkWatcherListResult;

/**
 * The few calls that we make of Azure Resource Manager, as the SDK's own generated clients declare
 * theirs (RATIONALE.md says why not those). Status codes are those of docs/design/azure.md,
 * "Operations". {@code watcher} and {@code id} are ARM ids without the slash in front.
 */
@Host("{$host}")
@ServiceInterface(name = "NetworkWatcher")
interface NetworkWatcherApi {
  String SESSION = "/{watcher}/packetCaptures/{name}";

  @Get("/subscriptions/{subscription}/providers/Microsoft.Network/networkWatchers")
  @ExpectedResponses(200)
  @UnexpectedResponseExceptionType(ManagementException.class)
  Response<NetworkWatcherListResult> watchers(
      @HostParam("$host") String endpoint,
      @PathParam("subscription") String subscription,
      @QueryParam("api-version") String version,
      @HeaderParam("Accept") String accept,
      Context context);

  @Get(SESSION)
  @ExpectedResponses(200)
  @UnexpectedResponseExceptionType(ManagementException.class)
  Response<PacketCaptureResultInner> get(
      @HostParam("$host") String endpoint,
      @PathParam(value = "watcher", encoded = true) String watcher,
      @PathParam("name") String name,
      @QueryParam("api-version") String version,
      @HeaderParam("Accept") String accept,
      Context context);

  // 201 is all that was ever seen; a service that one day answers 200 or 202 has started it too.
  @Put(SESSION)
  @ExpectedResponses({200, 201, 202})
  @UnexpectedResponseExceptionType(ManagementException.class)
  Response<PacketCaptureResultInner> put(
      @HostParam("$host") String endpoint,
      @PathParam(value = "watcher", encoded = true) String watcher,
      @PathParam("name") String name,
      @QueryParam("api-version") String version,
      @BodyParam("application/json") PacketCaptureInner body,
      @HeaderParam("Accept") String accept,
      Context context);

  @Post(SESSION + "/stop")
  @ExpectedResponses({200, 202})
  @UnexpectedResponseExceptionType(ManagementException.class)
  Response<Void> stop(
      @HostParam("$host") String endpoint,
      @PathParam(value = "watcher", encoded = true) String watcher,
      @PathParam("name") String name,
      @QueryParam("api-version") String version,
      Context context);

  @Post(SESSION + "/queryStatus")
  @ExpectedResponses({200, 202})
  @UnexpectedResponseExceptionType(ManagementException.class)
  Response<PacketCaptureQueryStatusResultInner> queryStatus(
      @HostParam("$host") String endpoint,
      @PathParam(value = "watcher", encoded = true) String watcher,
      @PathParam("name") String name,
      @QueryParam("api-version") String version,
      @HeaderParam("Accept") String accept,
      Context context);

  @Delete(SESSION)
  @ExpectedResponses({200, 202, 204})
  @UnexpectedResponseExceptionType(ManagementException.class)
  Response<Void> delete(
      @HostParam("$host") String endpoint,
      @PathParam(value = "watcher", encoded = true) String watcher,
      @PathParam("name") String name,
      @QueryParam("api-version") String version,
      Context context);

  @Get("/{id}")
  @ExpectedResponses(200)
  @UnexpectedResponseExceptionType(ManagementException.class)
  Response<Resource> resource(
      @HostParam("$host") String endpoint,
      @PathParam(value = "id", encoded = true) String id,
      @QueryParam("api-version") String version,
      @HeaderParam("Accept") String accept,
      Context context);
}
