package dev.alertcapture.arm;

import com.azure.resourcemanager.network.fluent.models.PacketCaptureInner;
import com.azure.resourcemanager.network.models.PacketCaptureFilter;
import com.azure.resourcemanager.network.models.PacketCaptureMachineScope;
import com.azure.resourcemanager.network.models.PacketCaptureStorageLocation;
import com.azure.resourcemanager.network.models.PacketCaptureTargetType;
import com.azure.resourcemanager.network.models.PcProtocol;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;

/** The body of a session's PUT (docs/design/azure.md, "Model"; unknown members are refused). */
final class SessionBody {
  private SessionBody() {}

  static PacketCaptureInner of(Sessions.Plan plan) {
    CaptureOptions options = plan.options();
    boolean machine = plan.target().kind() == Target.Kind.VIRTUAL_MACHINE;
    PacketCaptureInner body =
        new PacketCaptureInner()
            .withTarget(plan.target().resourceId())
            .withTargetType(
                machine ? PacketCaptureTargetType.AZURE_VM : PacketCaptureTargetType.AZURE_VMSS)
            .withBytesToCapturePerPacket(options.bytesPerPacket())
            .withTotalBytesPerSession(options.bytesPerSession())
            .withTimeLimitInSeconds(Math.toIntExact(options.timeLimit().toSeconds()))
            .withStorageLocation(
                new PacketCaptureStorageLocation()
                    .withStorageId(plan.storageId())
                    .withStoragePath(plan.storagePath())
                    .withFilePath(plan.filePath()));
    if (!plan.instances().isEmpty()) {
      body.withScope(new PacketCaptureMachineScope().withInclude(plan.instances()));
    }
    if (!options.filters().isEmpty()) {
      body.withFilters(options.filters().stream().map(SessionBody::filter).toList());
    }
    return body;
  }

  private static PacketCaptureFilter filter(CaptureOptions.Filter filter) {
    return new PacketCaptureFilter()
        .withProtocol(PcProtocol.fromString(filter.protocol()))
        .withLocalIpAddress(filter.localIPAddress())
        .withLocalPort(filter.localPort())
        .withRemoteIpAddress(filter.remoteIPAddress())
        .withRemotePort(filter.remotePort());
  }
}
