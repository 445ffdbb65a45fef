package dev.alertcapture.arm;

import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.azure.ArmAction;
import dev.alertcapture.azure.AzureProblem;
import dev.alertcapture.azure.Tokens;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.health.AzureProbe;
import dev.alertcapture.target.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What health looks at in Azure Resource Manager; off the alert path. */
public final class ArmProbe implements AzureProbe {
  private static final String STORAGE_VERSION = "2023-05-01";

  private final ArmClient arm;
  private final Tokens tokens;
  private final String who;

  /**
   * A survey through a client.
   *
   * @param tokens null for a simulator on loopback
   * @param who the identity that they are of, in words
   */
  public ArmProbe(ArmClient arm, Tokens tokens, String who) {
    this.arm = arm;
    this.tokens = tokens;
    this.who = who;
  }

  @Override
  public String signIn(Deadline deadline) throws PortException {
    if (tokens == null) {
      return "a development token, for " + arm.host();
    }
    AzureProblem.of("signing in as " + who, ArmAction.READ_WATCHERS, () -> tokens.get(deadline));
    return who + ", has a token for " + arm.host();
  }

  @Override
  public Map<String, String> watchers(String subscription, Deadline deadline) throws PortException {
    JsonNode all =
        get(
            "/subscriptions/" + subscription + "/providers/Microsoft.Network/networkWatchers",
            ArmClient.NETWORK_VERSION,
            ArmAction.READ_WATCHERS,
            deadline);
    Map<String, String> watchers = new HashMap<>();
    for (JsonNode watcher : all.path("value")) {
      Target.region(watcher.path("location").asText())
          .ifPresent(region -> watchers.put(region, watcher.path("id").asText()));
    }
    watchers.values().removeIf(id -> !WatcherId.isOne(id));
    return watchers;
  }

  @Override
  public Account account(String id, Deadline deadline) throws PortException {
    JsonNode account = get(id, STORAGE_VERSION, ArmAction.READ_ACCOUNTS, deadline);
    return new Account(
        region(account),
        AzureProblem.clean(account.at("/sku/tier").asText("of no tier")),
        // Absent means allowed.
        account.at("/properties/allowSharedKeyAccess").asBoolean(true));
  }

  @Override
  public Machine machine(Target target, Deadline deadline) throws PortException {
    if (target.kind() != Target.Kind.VIRTUAL_MACHINE) {
      JsonNode set =
          get(target.resourceId(), ArmClient.COMPUTE_VERSION, ArmAction.READ_SCALE_SETS, deadline);
      return new Machine(region(set), Optional.empty(), Optional.empty(), Optional.empty());
    }
    String expanded = ArmClient.COMPUTE_VERSION + "&$expand=instanceView";
    JsonNode machine = get(target.id(), expanded, ArmAction.READ_MACHINES, deadline);
    JsonNode extensions =
        get(
            target.id() + "/extensions",
            ArmClient.COMPUTE_VERSION,
            ArmAction.READ_EXTENSIONS,
            deadline);
    boolean windows =
        "Windows".equalsIgnoreCase(machine.at("/properties/storageProfile/osDisk/osType").asText());
    return new Machine(region(machine), power(machine), Optional.of(windows), agent(extensions));
  }

  private static Optional<String> power(JsonNode machine) {
    return stream(machine.at("/properties/instanceView/statuses"))
        .map(status -> status.path("code").asText())
        .filter(code -> code.startsWith("PowerState/"))
        .map(code -> AzureProblem.clean(code.substring("PowerState/".length())))
        .findFirst();
  }

  private static Optional<String> agent(JsonNode extensions) {
    return stream(extensions.path("value"))
        .map(extension -> extension.path("properties"))
        .filter(
            it -> "Microsoft.Azure.NetworkWatcher".equalsIgnoreCase(it.path("publisher").asText()))
        .map(extension -> AzureProblem.clean(extension.path("type").asText()))
        .findFirst();
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String region(JsonNode resource) {
    return Target.region(resource.path("location").asText()).orElse("an unknown region");
  }

  private JsonNode get(String id, String version, ArmAction action, Deadline deadline)
      throws PortException {
    return AzureProblem.of(
        "reading " + id,
        action,
        () -> {
          try (HttpResponse answer = arm.get(id, version, deadline)) {
            String body = answer.getBodyAsBinaryData().toString();
            if (answer.getStatusCode() != 200) {
              throw AzureProblem.answered("reading " + id, action, answer, ErrorBody.read(body));
            }
            return ErrorBody.parse(body);
          }
        });
  }
}
