package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.traffic.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a PUT, with what Azure fills in and rewrites (docs/design/azure.md, "Model"):
 * defaults, protocol names, missing filter strings, full ids of a scale set's instances. Filters
 * and file paths are taken as they come, since Azure checks neither.
 *
 * @param timeLimit after which the session ends by itself
 * @param blobPaths the path parts of the files' URLs; none where the file stays on the VM
 * @param incident what the target's packets show; null if nothing is wrong
 * @param properties as answered, but for the state
 */
record CaptureRequest(
    String target,
    Duration timeLimit,
    long bytesPerPacket,
    List<String> blobPaths,
    Incident incident,
    ObjectNode properties) {
  private static final long MAX_BYTES = 4_294_967_295L;

  private static final Set<String> RESOURCE = Set.of("name", "id", "etag", "type", "properties");
  private static final Set<String> PROPERTIES =
      Set.of(
          "provisioningState",
          "target",
          "scope",
          "targetType",
          "bytesToCapturePerPacket",
          "totalBytesPerSession",
          "timeLimitInSeconds",
          "storageLocation",
          "continuousCapture",
          "captureSettings",
          "filters");
  private static final Set<String> SETTINGS =
      Set.of("fileCount", "fileSizeInBytes", "sessionTimeLimitInSeconds");
  private static final Set<String> FILTER =
      Set.of("protocol", "localIPAddress", "localPort", "remoteIPAddress", "remotePort");

  static CaptureRequest read(Call call, Inventory inventory) {
    RequestMembers resource;
    try {
      resource =
          RequestMembers.of(Json.MAPPER.readTree(call.body()), "", "PacketCapture", RESOURCE);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw ArmError.unparsable(e.getOriginalMessage());
    }
    RequestMembers given =
        resource
            .object("properties", "PacketCaptureProperties", PROPERTIES)
            .orElseThrow(() -> missing("properties"));
    String target = given.text("target").orElseThrow(() -> missing("properties.target"));
    String type = given.text("targetType").orElse("AzureVM");
    CaptureTarget.check(target, type, inventory);

    ObjectNode out = Json.object();
    out.put("target", target);
    ObjectNode scope = out.putObject("scope");
    RequestMembers givenScope =
        given.object("scope", "PacketCaptureScope", Set.of("include", "exclude")).orElse(null);
    for (String side : List.of("include", "exclude")) {
      ArrayNode ids = scope.putArray(side);
      if (givenScope != null) {
        givenScope.texts(side).stream()
            .map(each -> CaptureTarget.instanceId(each, target, inventory))
            .forEach(ids::add);
      }
    }
    out.put("targetType", type);
    long bytesPerPacket = given.number("bytesToCapturePerPacket", 0, MAX_BYTES);
    out.put("bytesToCapturePerPacket", bytesPerPacket);
    long totalBytes = given.number("totalBytesPerSession", 1_073_741_824, MAX_BYTES);
    long seconds = given.number("timeLimitInSeconds", 18_000, 18_000);
    Optional<RequestMembers> settings =
        given.object("captureSettings", "PacketCaptureSettings", SETTINGS);
    if (settings.isEmpty()) {
      out.put("totalBytesPerSession", totalBytes);
      out.put("timeLimitInSeconds", seconds);
    }
    CaptureStorage storage =
        CaptureStorage.read(given, target, texts(scope.path("include")), call, inventory);
    out.set("storageLocation", storage.answered());
    given.flag("continuousCapture").ifPresent(value -> out.put("continuousCapture", value));
    if (settings.isPresent()) {
      RequestMembers ring = settings.get();
      seconds = ring.number("sessionTimeLimitInSeconds", 86_400, 604_800);
      out.putObject("captureSettings")
          .put("fileCount", ring.number("fileCount", 10, 10_000))
          .put("fileSizeInBytes", ring.number("fileSizeInBytes", 104_857_600, MAX_BYTES))
          .put("sessionTimeLimitInSeconds", seconds);
    }
    ArrayNode filters = out.putArray("filters");
    given.objects("filters", "PacketCaptureFilter", FILTER).forEach(f -> filters.add(filter(f)));
    return new CaptureRequest(
        target,
        Duration.ofSeconds(seconds),
        bytesPerPacket,
        blobPaths(storage.blobPath(), target, scope, inventory),
        inventory.virtualMachine(target).map(Inventory.VirtualMachine::incident).orElse(null),
        out);
  }

  /**
   * One for each instance of a scale set, as files were seen once: below the path that is answered,
   * named by the machine. Of that only the ending is our own; a single instance's is the path
   * itself (docs/design/azure.md, "Scale sets").
   */
  private static List<String> blobPaths(
      String blobPath, String target, ObjectNode scope, Inventory inventory) {
    if (blobPath == null) {
      return List.of();
    }
    if (scope.path("include").size() == 1) {
      return List.of(blobPath);
    }
    String base = blobPath.replaceAll("\\.cap$", "");
    String name = Inventory.lastSegment(base);
    String set = Inventory.lastSegment(target);
    return inventory
        .scaleSet(target)
        .map(
            it ->
                it.known().stream()
                    .filter(each -> in(scope, target, each))
                    .map(each -> base + "/" + set + "_" + each + "_" + name + ".cap")
                    .toList())
        .orElse(List.of(blobPath));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static boolean in(ObjectNode scope, String target, String instance) {
    String id = target + "/virtualMachines/" + instance;
    boolean included = scope.path("include").isEmpty() || names(scope.path("include"), id);
    return included && !names(scope.path("exclude"), id);
  }

  private static boolean names(JsonNode ids, String id) {
    for (JsonNode each : ids) {
      if (each.asText().equalsIgnoreCase(id)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode filter(RequestMembers given) {
    String protocol =
        switch (given.text("protocol").orElse("Any").toLowerCase(Locale.ROOT)) {
          case "tcp" -> "TCP";
          case "udp" -> "UDP";
          case "any" -> "Any";
          default -> throw given.wrongType("protocol", "PcProtocol");
        };
    return Json.object()
        .put("protocol", protocol)
        .put("localIPAddress", given.text("localIPAddress").orElse(""))
        .put("localPort", given.text("localPort").orElse(""))
        .put("remoteIPAddress", given.text("remoteIPAddress").orElse(""))
        .put("remotePort", given.text("remotePort").orElse(""));
  }

  private static ArmError missing(String path) {
    return ArmError.network(400, "SimulatorMissingProperty", path + " is required.");
  }
}
