package dev.alertcapture.capture;

import dev.alertcapture.target.Target;
import java.util.Locale;
import java.util.function.Function;

/** Why a capture failed or was rejected, and what a person does about it. */
public enum Reason {
  /** The target is not there (any more), or the alert named a machine that never was. */
  TARGET_NOT_FOUND(
      "Azure does not know this virtual machine.",
      "Check that it still exists, and that the app's identity may read it."),
  /** The target's region has no Network Watcher in the target's subscription. */
  NO_WATCHER(
      "There is no Network Watcher in the target's region and subscription.",
      about ->
          "Switch it on: az network watcher configure --locations "
              + about.region()
              + " --enabled true --resource-group NetworkWatcherRG"),
  /** None of the configured storage accounts is for the target's region. */
  NO_STORAGE_ACCOUNT(
      "No storage account is configured for the target's region.",
      about ->
          "Add "
              + about.region()
              + "=ID to CAPTURE_STORAGE_ACCOUNT_ID; the account must be in the target's region."),
  /** Azure answered 403, or 401 to the app's own token. */
  FORBIDDEN(
      "Azure refused the app's identity.",
      "Give the app's identity the action that the detail names, by the role that it names:"
          + " infra/main.bicep does. A new assignment can take ten minutes."),
  /** Azure answered 400 or another code that repeating does not change. */
  REFUSED(
      "Azure refused the request.",
      "Read Azure's own words in the detail; they name the setting or the resource."),
  /** A session of our name belongs to another target: not ours, so never touched. */
  NAME_TAKEN(
      "Somebody else's session has the name that this capture needs.",
      "Delete that session, or set another CAPTURE_NAME_PREFIX."),
  /** All slots were held until the queue's time was over. */
  LIMIT_REACHED(
      "All capture slots of this subscription and region were taken.",
      "Delete sessions that are no longer needed, or raise CAPTURE_LIMIT."),
  /** Azure could not be reached, or was too busy, until the queue's time was over. */
  UNAVAILABLE(
      "Azure could not be asked in time.", "Read the detail; try again when Azure answers."),
  /** Somebody ended it, or its alert was resolved, while it waited for a slot. */
  STOPPED("It was ended before it had started.", "Nothing, or ask for a capture by hand."),
  /** The operation that creates the session ended as Failed. */
  START_FAILED("Network Watcher could not start the capture.", Remedies::notStarted),
  /** Nothing said within 10 minutes whether the session had started. */
  START_TIMED_OUT(
      "Network Watcher did not say within 10 minutes whether the capture had started.",
      "Look at the session in the portal; check that the machine runs and has its agent."),
  /** The session went away while it was needed. */
  SESSION_LOST(
      "The session was deleted by somebody else.",
      "Find out in the activity log who deletes packet captures, and keep them apart from ours."),
  /** The session reported an error. */
  SESSION_FAILED(
      "The capture ended with an error on the machine.",
      "Read Azure's own word in the detail: AgentStopped is the agent extension, StorageFailed the"
          + " way from the machine to the storage account, LocalFileFailed its disk."),
  /** The session ran on though it was told to stop. */
  STOP_TIMED_OUT(
      "The capture ran past its time limit and could not be stopped.",
      "Check the agent extension on the machine, and stop the session in the portal."),
  /** The session ended well, and no file came within 10 minutes. */
  FILE_MISSING(
      "The capture ended, but its file did not reach the storage account.",
      "Check that the machine reaches the account on port 443, that the account allows access by"
          + " key (the agent writes with a SAS), and that its firewall lets the machine in.");

  private final String message;

  // The functions below capture nothing that changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<About, String> remedy;

  /** A remedy that is the same for all. */
  Reason(String message, String remedy) {
    this(message, about -> remedy);
  }

  Reason(String message, Function<About, String> remedy) {
    this.message = message;
    this.remedy = remedy;
  }

  /**
   * What a remedy is about.
   *
   * @param target null where it is about any
   * @param region in lower case; {@code REGION} where it is not known
   * @param api where the app's calls are: {@code /api}, behind the app's address where it is known
   */
  public record About(Target target, String region, String api) {
    /** About one target, of which the region may not be known. */
    public static About of(Target target, String region) {
      return new About(target, region == null ? "REGION" : region.toLowerCase(Locale.ROOT), "/api");
    }

    /** The same from an app at an address, without a slash at its end; null for none known. */
    public About at(String site) {
      return site == null ? this : new About(target, region, site + "/api");
    }
  }

  /** One sentence: what happened. */
  public String message() {
    return message;
  }

  /** What to do about it, whatever the target. */
  public String remedy() {
    return remedy.apply(About.of(null, null));
  }

  /** What to do about it, with commands that name the target. */
  public String remedy(About about) {
    return remedy.apply(about);
  }
}
