package dev.alertcapture.arm;

import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.alertcapture.azure.ArmAction;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.azure.AzureProblem;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Targets;
import dev.alertcapture.target.Target;
import java.util.Optional;

/** Where targets are: one GET of the resource id (docs/design/azure.md, docs/design/worker.md). */
public final class ArmTargets implements Targets {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ArmClient arm;

  /** Targets as a client sees them. */
  public ArmTargets(ArmClient arm) {
    this.arm = arm;
  }

  @Override
  public String region(Target target, Deadline deadline) throws PortException {
    String location =
        AzureProblem.of(
            "looking up " + target.id(),
            read(target),
            () ->
                arm.api()
                    .resource(
                        arm.host(),
                        ArmClient.path(target.resourceId()),
                        ArmClient.COMPUTE_VERSION,
                        ArmClient.JSON,
                        AzurePipeline.context(deadline))
                    .getValue()
                    .location());
    return Target.region(location)
        .orElseThrow(
            () ->
                PortException.refused(Reason.REFUSED, "Azure named no region for " + target.id()));
  }

  @Override
  public boolean isMachine(Target named, Deadline deadline) throws PortException {
    Optional<Target> machine = named.machine();
    return machine.isPresent()
        && (named.hasNameOfItsSet() || isFlexible(named.whole(), deadline))
        && look(machine.get(), deadline).isPresent();
  }

  // docs/design/azure.md, "Scale sets"
  private boolean isFlexible(Target set, Deadline deadline) throws PortException {
    return look(set, deadline)
        .map(found -> found.at("/properties/orchestrationMode").asText())
        .filter("Flexible"::equalsIgnoreCase)
        .isPresent();
  }

  /** The resource, or empty where there is none. */
  private Optional<JsonNode> look(Target target, Deadline deadline) throws PortException {
    String what = "looking up " + target.id();
    return AzureProblem.of(
        what,
        read(target),
        () -> {
          try (HttpResponse answer =
              arm.get(target.resourceId(), ArmClient.COMPUTE_VERSION, deadline)) {
            if (answer.getStatusCode() == 404) {
              return Optional.empty();
            }
            JsonNode body = parse(answer.getBodyAsBinaryData().toString());
            if (answer.getStatusCode() != 200) {
              throw AzureProblem.answered(what, read(target), answer, body.path("error"));
            }
            return Optional.of(body);
          }
        });
  }

  private static ArmAction read(Target target) {
    return target.kind() == Target.Kind.VIRTUAL_MACHINE
        ? ArmAction.READ_MACHINES
        : ArmAction.READ_SCALE_SETS;
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode parsed = MAPPER.readTree(body);
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
