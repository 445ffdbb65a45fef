package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;

/** Microsoft.Storage's accounts, and the files in them under {@code /{account}/{container}/…}. */
final class StorageService {
  private final Inventory inventory;
  private final NetworkWatcherService captures;
  private final SessionFiles files = new SessionFiles();

  StorageService(Inventory inventory, NetworkWatcherService captures) {
    this.inventory = inventory;
    this.captures = captures;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "GET",
            "/subscriptions/*/resourceGroups/*/providers/Microsoft\\.Storage/storageAccounts/*",
            this::account));
  }

  private Answer account(Call call, Matcher path) {
    String group = Call.decode(path.group(2));
    String name = Call.decode(path.group(3));
    String id =
        "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Storage/storageAccounts/%s"
            .formatted(Call.decode(path.group(1)), group, name);
    Inventory.StorageAccount account =
        inventory
            .storageAccount(id)
            .orElseThrow(
                () -> ArmError.resourceNotFound("Microsoft.Storage/storageAccounts", name, group));
    ObjectNode body =
        Json.object()
            .put("name", account.name())
            .put("id", account.id())
            .put("type", "Microsoft.Storage/storageAccounts")
            .put("location", account.location())
            .put("kind", "StorageV2");
    String tier = account.sku().substring(0, account.sku().indexOf('_'));
    body.putObject("sku").put("name", account.sku()).put("tier", tier);
    body.putObject("properties")
        .put("provisioningState", "Succeeded")
        .put("allowSharedKeyAccess", account.allowSharedKeyAccess())
        .putObject("primaryEndpoints")
        .put("blob", "http://" + call.authority() + "/" + account.name() + "/");
    return Answer.json(200, body);
  }

  /** HEAD or GET of a file; blobs know no api-version and have errors of their own form. */
  Answer file(Call call) {
    if (!call.hasBearerToken()) {
      return error(
              401,
              "NoAuthenticationInformation",
              "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.")
          .with("WWW-Authenticate", "Bearer resource_id=https://storage.azure.com");
    }
    String version = call.headers().getFirst("x-ms-version");
    if (version == null || version.isBlank()) {
      return error(
          400, "MissingRequiredHeader", "A request with a token needs the header x-ms-version.");
    }
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      return error(405, "SimulatorNotSupported", "The simulator's files can only be read.");
    }
    String path = Call.decode(call.path());
    String account = path.split("/", 3)[1];
    if (!inventory.hasAccountNamed(account)) {
      return error(404, "SimulatorAccountNotFound", "There is no storage account " + account + ".");
    }
    if (call.parameter("comp").equals(Optional.of("list"))) {
      return list(call, path);
    }
    return captures
        .fileAt(path, call.now())
        .map(session -> found(session, version))
        .orElseGet(() -> error(404, "BlobNotFound", "The specified blob does not exist."));
  }

  private Answer list(Call call, String container) {
    StringBuilder blobs = new StringBuilder();
    captures
        .filesUnder(container + "/" + call.parameter("prefix").orElse(""), call.now())
        .forEach(
            (path, session) ->
                blobs.append(
                    "<Blob><Name>%s</Name><Properties><Content-Length>%d</Content-Length></Properties></Blob>"
                        .formatted(
                            escape(path.substring(container.length() + 1)),
                            files.bytes(session).length)));
    String body =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>%s</Blobs><NextMarker/></EnumerationResults>"
            .formatted(blobs);
    return Answer.of(200, body.getBytes(StandardCharsets.UTF_8), "application/xml");
  }

  private Answer found(CaptureSession session, String version) {
    return Answer.of(200, files.bytes(session), "application/octet-stream")
        .with(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                session.fileMoved().atOffset(ZoneOffset.UTC)))
        .with("ETag", "\"0x" + Long.toHexString(session.fileMoved().toEpochMilli()) + "\"")
        .with("Accept-Ranges", "bytes")
        .with("x-ms-blob-type", "BlockBlob")
        .with("x-ms-version", version)
        .with("x-ms-request-id", UUID.randomUUID().toString());
  }

  /** In the form of blob storage: XML, and the code also in a header, for HEAD has no body. */
  static Answer error(int status, String code, String message) {
    String body =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(escape(code), escape(message));
    return Answer.of(status, body.getBytes(StandardCharsets.UTF_8), "application/xml")
        .with("x-ms-error-code", code)
        .with("x-ms-request-id", UUID.randomUUID().toString());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Whether a path is an account's and not ARM's. */
  static boolean owns(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return !lower.startsWith("/subscriptions/")
        && !lower.startsWith("/providers/")
        && lower.split("/", -1).length > 2;
  }
}
