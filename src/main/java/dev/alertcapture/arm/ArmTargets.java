package dev.alertcapture.arm;

import dev.alertcapture.azure.ArmAction;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.azure.AzureProblem;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Targets;
import dev.alertcapture.target.Target;

/** Where targets are: one GET of the resource id (docs/design/azure.md, docs/design/worker.md). */
public final class ArmTargets implements Targets {
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
            target.kind() == Target.Kind.VIRTUAL_MACHINE
                ? ArmAction.READ_MACHINES
                : ArmAction.READ_SCALE_SETS,
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
}
