package dev.alertcapture.arm;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.Response;
import com.azure.resourcemanager.network.fluent.models.NetworkWatcherInner;
import com.azure.resourcemanager.network.fluent.models.PacketCaptureQueryStatusResultInner;
import com.azure.resourcemanager.network.fluent.models.PacketCaptureResultInner;
import com.azure.resourcemanager.network.models.PacketCaptureStorageLocation;
import com.azure.resourcemanager.network.models.PcError;
import com.azure.resourcemanager.network.models.PcStatus;
import com.azure.resourcemanager.network.models.ProvisioningState;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.alertcapture.azure.ArmAction;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.azure.AzureProblem;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sessions of Network Watchers through Azure Resource Manager (docs/design/azure.md, from
 * "Operations" on).
 */
public final class ArmSessions implements Sessions {
  private static final HttpHeaderName OPERATION = HttpHeaderName.fromString("Azure-AsyncOperation");

  // The recordings say 10 to 42 s, and that Azure names 10 s itself.
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final int MAX_ERRORS = 4;

  private final ArmClient arm;

  /** Sessions as a client sees them. */
  public ArmSessions(ArmClient arm) {
    this.arm = arm;
  }

  @Override
  public Optional<String> watcher(String subscription, String region, Deadline deadline)
      throws PortException {
    return AzureProblem.of(
        "listing the Network Watchers of subscription " + subscription,
        ArmAction.READ_WATCHERS,
        () ->
            arm
                .api()
                .watchers(
                    arm.host(),
                    subscription,
                    ArmClient.NETWORK_VERSION,
                    ArmClient.JSON,
                    AzurePipeline.context(deadline))
                .getValue()
                .value()
                .stream()
                .filter(watcher -> Target.region(watcher.location()).equals(Optional.of(region)))
                .map(NetworkWatcherInner::id)
                .filter(WatcherId::isOne)
                .findFirst());
  }

  @Override
  public Optional<List<Seen>> list(String watcherId, Deadline deadline) throws PortException {
    String what = "listing the sessions of " + watcherId;
    return AzureProblem.of(
        what,
        ArmAction.READ_SESSIONS,
        () -> {
          try (HttpResponse answer = arm.sessions(watcherId, deadline)) {
            if (answer.getStatusCode() == 404) {
              return Optional.empty();
            }
            if (answer.getStatusCode() != 200) {
              String body = answer.getBodyAsBinaryData().toString();
              throw AzureProblem.answered(
                  what, ArmAction.READ_SESSIONS, answer, ErrorBody.read(body));
            }
            return Optional.of(SessionList.read(answer.getBodyAsInputStreamSync()));
          } catch (JsonProcessingException e) {
            // Its message quotes what could not be read.
            throw PortException.unavailable(what + ": not understood, 200", null);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public Optional<Seen> find(String watcherId, String name, Deadline deadline)
      throws PortException {
    return ifThere(
        "looking for session " + name,
        ArmAction.READ_SESSIONS,
        () ->
            seen(
                arm.api()
                    .get(
                        arm.host(),
                        ArmClient.path(watcherId),
                        name,
                        ArmClient.NETWORK_VERSION,
                        ArmClient.JSON,
                        AzurePipeline.context(deadline))
                    .getValue()));
  }

  @Override
  public Started start(String watcherId, String name, Plan plan, Deadline deadline)
      throws PortException {
    return AzureProblem.of(
        "starting session " + name + " of " + watcherId + " on " + plan.target().id(),
        ArmAction.WRITE_SESSIONS,
        () -> {
          Response<PacketCaptureResultInner> answer =
              arm.api()
                  .put(
                      arm.host(),
                      ArmClient.path(watcherId),
                      name,
                      ArmClient.NETWORK_VERSION,
                      SessionBody.of(plan),
                      ArmClient.JSON,
                      AzurePipeline.context(deadline));
          return new Started(
              answer.getHeaders().getValue(OPERATION),
              AzureProblem.retryAfter(answer.getHeaders()),
              paths(answer.getValue().storageLocation()));
        });
  }

  @Override
  public Optional<Operation> operation(String operationUrl, Deadline deadline)
      throws PortException {
    try (HttpResponse answer =
        AzureProblem.of(
            "following an operation",
            ArmAction.READ_SESSIONS,
            () -> arm.follow(operationUrl, deadline))) {
      // Whatever it says instead of 200, a look at the session itself tells more.
      return answer.getStatusCode() == 200
          ? Optional.of(
              AzureProblem.of(
                  "following an operation",
                  ArmAction.READ_SESSIONS,
                  () ->
                      OperationBody.read(
                          answer.getBodyAsString().block(),
                          AzureProblem.retryAfter(answer.getHeaders()))))
          : Optional.empty();
    }
  }

  @Override
  public Optional<Status> status(String watcherId, String name, Deadline deadline)
      throws PortException {
    return ifThere(
        "asking how session " + name + " fares",
        ArmAction.QUERY_SESSIONS,
        () -> {
          Response<PacketCaptureQueryStatusResultInner> answer =
              arm.api()
                  .queryStatus(
                      arm.host(),
                      ArmClient.path(watcherId),
                      name,
                      ArmClient.NETWORK_VERSION,
                      ArmClient.JSON,
                      AzurePipeline.context(deadline));
          return status(answer.getValue(), AzureProblem.retryAfter(answer.getHeaders()));
        });
  }

  @Override
  public Optional<Duration> stop(String watcherId, String name, Deadline deadline)
      throws PortException {
    return ifThere(
        "stopping session " + name,
        ArmAction.STOP_SESSIONS,
        () -> {
          Duration when =
              AzureProblem.retryAfter(
                  arm.api()
                      .stop(
                          arm.host(),
                          ArmClient.path(watcherId),
                          name,
                          ArmClient.NETWORK_VERSION,
                          AzurePipeline.context(deadline))
                      .getHeaders());
          return when == null ? STOP_TIMEOUT : when;
        });
  }

  @Override
  public boolean delete(String watcherId, String name, Deadline deadline) throws PortException {
    return ifThere(
            "deleting session " + name,
            ArmAction.DELETE_SESSIONS,
            () ->
                arm.api()
                    .delete(
                        arm.host(),
                        ArmClient.path(watcherId),
                        name,
                        ArmClient.NETWORK_VERSION,
                        AzurePipeline.context(deadline)))
        .isPresent();
  }

  private static <T> Optional<T> ifThere(String what, ArmAction action, AzureProblem.Call<T> call)
      throws PortException {
    return AzureProblem.of(
        what,
        action,
        () -> {
          try {
            return Optional.of(call.make());
          } catch (HttpResponseException e) {
            if (AzureProblem.isNotFound(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private static Seen seen(PacketCaptureResultInner session) {
    Provisioning how =
        ProvisioningState.SUCCEEDED.equals(session.provisioningState())
            ? Provisioning.SUCCEEDED
            : ProvisioningState.FAILED.equals(session.provisioningState())
                ? Provisioning.FAILED
                : Provisioning.UPDATING;
    return new Seen(session.name(), target(session), how, paths(session.storageLocation()));
  }

  // PUT with its bare number, an instance comes back with its full id.
  private static String target(PacketCaptureResultInner session) {
    boolean one =
        session.scope() != null
            && session.scope().include() != null
            && session.scope().include().size() == 1;
    return one ? session.scope().include().get(0) : session.target();
  }

  private static Session.Paths paths(PacketCaptureStorageLocation where) {
    return where == null
        ? new Session.Paths(null, null)
        : new Session.Paths(where.storagePath(), where.filePath());
  }

  /** Only Stopped and Error end a session; what we don't know keeps it running. */
  private static Status status(PacketCaptureQueryStatusResultInner said, Duration retryAfter) {
    PcStatus word = said == null ? null : said.packetCaptureStatus();
    Instant startedAt =
        said == null || said.captureStartTime() == null
            ? null
            : said.captureStartTime().toInstant();
    String text = word == null ? "nothing" : AzureProblem.clean(word.toString());
    boolean failed = PcStatus.ERROR.equals(word);
    if (!failed && !PcStatus.STOPPED.equals(word)) {
      return new Status(true, text, null, startedAt, retryAfter);
    }
    String errors =
        said.packetCaptureError() == null || said.packetCaptureError().isEmpty()
            ? null
            : said.packetCaptureError().stream()
                .limit(MAX_ERRORS)
                .map(PcError::toString)
                .map(AzureProblem::clean)
                .collect(Collectors.joining(", "));
    String wrong = errors == null && failed ? "Azure gave no cause" : errors;
    String stopReason = said.stopReason() == null ? null : AzureProblem.clean(said.stopReason());
    return new Status(false, text, new Session.Ending(stopReason, wrong), startedAt, null);
  }
}
