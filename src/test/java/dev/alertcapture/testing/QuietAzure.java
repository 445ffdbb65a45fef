package dev.alertcapture.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.simulator.SimulatorOptions;

/** A simulated Azure in which no machine has an incident, so that all captures' files are small. */
public final class QuietAzure {
  private static final String WEB_01 =
      "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/PacketCaptureRG"
          + "/providers/Microsoft.Compute/virtualMachines/web-01";

  private QuietAzure() {}

  public static SimulatorOptions options() {
    ObjectNode inventory = new ObjectMapper().createObjectNode();
    ObjectNode machine = inventory.putArray("virtualMachines").addObject();
    machine.put("id", WEB_01).put("location", "westcentralus");
    return SimulatorOptions.defaults().withInventory(inventory);
  }
}
