package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** Microsoft.Compute as far as it is read: machines, scale sets, instances and VM extensions. */
final class ComputeService {
  private static final String COMPUTE =
      "/subscriptions/*/resourceGroups/*/providers/Microsoft\\.Compute/";
  private static final String VM = COMPUTE + "virtualMachines/*";
  private static final String SCALE_SET = COMPUTE + "virtualMachineScaleSets/*";

  private final Inventory inventory;

  ComputeService(Inventory inventory) {
    this.inventory = inventory;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", VM, this::virtualMachine),
        Route.of("GET", VM + "/extensions", this::extensions),
        Route.of("GET", SCALE_SET, this::scaleSet),
        Route.of("GET", SCALE_SET + "/virtualMachines/*", this::instance));
  }

  private Answer virtualMachine(Call call, Matcher path) {
    Inventory.VirtualMachine vm = vm(path);
    ObjectNode body = resource(vm.id(), "Microsoft.Compute/virtualMachines", vm.location());
    ObjectNode properties = body.putObject("properties").put("provisioningState", "Succeeded");
    properties
        .putObject("storageProfile")
        .putObject("osDisk")
        .put("osType", vm.windows() ? "Windows" : "Linux");
    if (call.parameter("$expand").filter("instanceView"::equalsIgnoreCase).isPresent()) {
      properties
          .putObject("instanceView")
          .putArray("statuses")
          .addObject()
          .put("code", vm.isRunning() ? "PowerState/running" : "PowerState/deallocated");
    }
    return Answer.json(200, body);
  }

  private Answer extensions(Call call, Matcher path) {
    Inventory.VirtualMachine vm = vm(path);
    ObjectNode body = Json.object();
    var value = body.putArray("value");
    if (vm.hasAgent()) {
      String name = vm.windows() ? "NetworkWatcherAgentWindows" : "NetworkWatcherAgentLinux";
      ObjectNode extension =
          resource(
              vm.id() + "/extensions/" + name,
              "Microsoft.Compute/virtualMachines/extensions",
              vm.location());
      extension
          .putObject("properties")
          .put("provisioningState", "Succeeded")
          .put("publisher", "Microsoft.Azure.NetworkWatcher")
          .put("type", name)
          .put("typeHandlerVersion", "1.4");
      value.add(extension);
    }
    return Answer.json(200, body);
  }

  private Answer scaleSet(Call call, Matcher path) {
    Inventory.ScaleSet scaleSet = find(path);
    ObjectNode body =
        resource(scaleSet.id(), "Microsoft.Compute/virtualMachineScaleSets", scaleSet.location());
    body.putObject("properties")
        .put("orchestrationMode", scaleSet.orchestrationMode())
        .put("provisioningState", "Succeeded");
    return Answer.json(200, body);
  }

  private Answer instance(Call call, Matcher path) {
    Inventory.ScaleSet scaleSet = find(path);
    String number = Call.decode(path.group(4));
    if (!scaleSet.hasInstance(number)) {
      throw missing(
          "Microsoft.Compute/virtualMachineScaleSets",
          Inventory.lastSegment(scaleSet.id()) + "/virtualMachines/" + number,
          path);
    }
    ObjectNode body =
        resource(
            scaleSet.id() + "/virtualMachines/" + number,
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines",
            scaleSet.location());
    body.put("name", Inventory.lastSegment(scaleSet.id()) + "_" + number)
        .put("instanceId", number)
        .putObject("properties")
        .put("provisioningState", "Succeeded");
    return Answer.json(200, body);
  }

  private Inventory.VirtualMachine vm(Matcher path) {
    return asked(path, "virtualMachines", inventory::virtualMachine);
  }

  private Inventory.ScaleSet find(Matcher path) {
    return asked(path, "virtualMachineScaleSets", inventory::scaleSet);
  }

  private static <T> T asked(Matcher path, String type, Lookup<T> lookup) {
    String name = Call.decode(path.group(3));
    return lookup
        .byId(
            "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Compute/%s/%s"
                .formatted(Call.decode(path.group(1)), Call.decode(path.group(2)), type, name))
        .orElseThrow(() -> missing("Microsoft.Compute/" + type, name, path));
  }

  private interface Lookup<T> {
    Optional<T> byId(String id);
  }

  private static ArmError missing(String type, String name, Matcher path) {
    return ArmError.resourceNotFound(type, name, Call.decode(path.group(2)));
  }

  private static ObjectNode resource(String id, String type, String location) {
    return Json.object()
        .put("name", Inventory.lastSegment(id))
        .put("id", id)
        .put("type", type)
        .put("location", location);
  }
}
