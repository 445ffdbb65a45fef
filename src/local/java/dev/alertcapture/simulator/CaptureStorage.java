package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a capture's file goes (docs/design/azure.md, "Where the file goes"). Blobs live on the
 * simulator itself, as {@code http://{host}/{account}/{container}/…}, in place of the account's own
 * host name. A scale set's path has no ending; one instance's has, below that instance.
 *
 * @param answered the storageLocation of the answer
 * @param blobPath the decoded path part of the file's URL; null where no account is given
 */
record CaptureStorage(ObjectNode answered, String blobPath) {
  private static final Set<String> MEMBERS =
      Set.of("storageId", "storagePath", "filePath", "localPath");
  private static final DateTimeFormatter FILE =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/'packetcapture'_HH_mm_ss_SSS'.cap'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter FILES =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/'packetCapture'_HH_mm_ss_SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  static CaptureStorage read(
      RequestMembers properties,
      String target,
      List<String> instances,
      Call call,
      Inventory inventory) {
    RequestMembers given =
        properties
            .object("storageLocation", "PacketCaptureStorageLocation", MEMBERS)
            .orElseThrow(() -> invalid("properties.storageLocation is required."));
    Optional<String> storageId = given.text("storageId");
    Optional<String> storagePath = given.text("storagePath").filter(each -> !each.isEmpty());
    Optional<String> filePath = given.text("filePath");
    Optional<String> localPath = given.text("localPath");
    ObjectNode answered = Json.object();
    String blobPath = null;
    if (storageId.isPresent()) {
      String account = account(storageId.get(), inventory);
      String root = "http://" + call.authority() + "/" + account + "/";
      String path = storagePath.orElseGet(() -> defaultPath(root, target, instances, call.now()));
      blobPath = blobPath(path, root);
      answered.put("storageId", storageId.get()).put("storagePath", path);
      if (storagePath.isPresent()) {
        answered.put("storagePathFileName", Inventory.lastSegment(blobPath));
      }
    } else if (storagePath.isPresent() || (filePath.isEmpty() && localPath.isEmpty())) {
      throw invalid("storageId is required, unless there is a filePath or a localPath alone.");
    } else {
      answered.put("storagePath", "");
    }
    filePath.ifPresent(each -> answered.put("filePath", each));
    localPath.ifPresent(each -> answered.put("localPath", each));
    return new CaptureStorage(answered, blobPath);
  }

  private static String account(String storageId, Inventory inventory) {
    return inventory
        .storageAccount(storageId)
        .map(Inventory.StorageAccount::name)
        .orElseThrow(
            () ->
                ArmError.network(
                    404,
                    "SimulatorStorageAccountNotFound",
                    "The storage account %s was not found.".formatted(storageId)));
  }

  private static String defaultPath(
      String root, String target, List<String> instances, Instant now) {
    String folder = root + "network-watcher-logs" + target.toLowerCase(Locale.ROOT) + "/";
    boolean set = target.toLowerCase(Locale.ROOT).contains("/virtualmachinescalesets/");
    if (!set) {
      return folder + FILE.format(now);
    }
    return instances.size() == 1
        ? folder
            + "virtualMachines/"
            + Inventory.lastSegment(instances.get(0))
            + "/"
            + FILES.format(now)
            + ".cap"
        : folder + FILES.format(now);
  }

  private static String blobPath(String path, String root) {
    boolean inside = path.startsWith(root);
    if (!inside || !path.substring(root.length()).matches("[^/?#]+/[^?#]*[^/?#]")) {
      throw invalid("storagePath is %s{container}/{blob}, but was %s.".formatted(root, path));
    }
    try {
      return URI.create(path).getPath();
    } catch (IllegalArgumentException e) {
      throw invalid("storagePath is no URI: " + e.getMessage());
    }
  }

  private static ArmError invalid(String message) {
    return ArmError.network(400, "SimulatorInvalidStorageLocation", message);
  }
}
