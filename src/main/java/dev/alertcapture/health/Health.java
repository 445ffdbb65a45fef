package dev.alertcapture.health;

import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.orchestrator.ChannelHealth;
import dev.alertcapture.orchestrator.Deliveries;
import dev.alertcapture.orchestrator.Deliveries.Delivery;
import dev.alertcapture.orchestrator.Engine;
import dev.alertcapture.orchestrator.SlotUsage;
import dev.alertcapture.orchestrator.Status;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.store.StoreTime;
import dev.alertcapture.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Named checks of everything that a capture needs, each ok or with a remedy. */
public final class Health {
  private static final Duration MAX_HEARTBEAT_AGE = Duration.ofSeconds(90);

  // So much of a call's time, so that one part which is dead leaves some to look at the others.
  private static final Duration MAX_SIGN_IN = Duration.ofSeconds(2);
  private static final Duration MAX_STORE = Duration.ofSeconds(3);
  private static final Duration MAX_QUESTION = Duration.ofSeconds(2);

  private static final int MAX_NAMED = 5;

  private final AzureProbe survey;
  private final Deliveries deliveries;
  private final Status status;
  private final Scope scope;
  private final TargetCheck targets;
  private final Clock clock;

  /**
   * What this deployment is about.
   *
   * @param subscriptions those whose watchers must be seen
   * @param accounts storage accounts by region; {@code ""} is for every region
   * @param keepsOnMachine whether files (also) stay on the machine
   * @param storeAccess how the app signs in to its store, in words
   * @param plainStorage whether a plain {@code AzureWebJobsStorage} stands beside the identity's
   * @param signInRemedy what to do where the app can't sign in to Azure
   * @param channels the channels that tell people, each with the setting that has its URL
   */
  public record Scope(
      Set<String> subscriptions,
      Map<String, String> accounts,
      boolean keepsOnMachine,
      String storeAccess,
      boolean plainStorage,
      String signInRemedy,
      Map<String, String> channels) {}

  /** Checks over the given parts. */
  public Health(AzureProbe survey, Engine engine, Scope scope, Clock clock) {
    this.survey = survey;
    this.deliveries = engine.deliveries();
    this.status = engine.status();
    this.scope = scope;
    this.targets = new TargetCheck(survey, scope.accounts(), scope.keepsOnMachine());
    this.clock = clock;
  }

  /** All checks of the deployment itself. */
  public List<Check> checks(Deadline deadline) {
    List<Check> checks = new ArrayList<>();
    checks.add(settings());
    checks.add(identity(deadline.within(MAX_SIGN_IN)));
    checks.addAll(StoreTime.within(MAX_STORE, this::store));
    Set<String> regions = new TreeSet<>(scope.accounts().keySet());
    regions.remove("");
    scope
        .accounts()
        .forEach(
            (region, id) ->
                checks.add(account(region, id, regions, deadline.within(MAX_QUESTION))));
    for (String subscription : scope.subscriptions()) {
      checks.addAll(watchers(subscription, regions, deadline));
    }
    return checks;
  }

  /** Whether a capture on one machine could work. */
  public List<Check> checks(Target target, Deadline deadline) {
    return targets.of(target, deadline);
  }

  private Check settings() {
    return scope.plainStorage()
        ? Check.bad(
            "settings",
            "AzureWebJobsStorage is there beside AzureWebJobsStorage__…, and the Functions host"
                + " does not go by the identity then",
            "Delete it, also where it is empty: az functionapp config appsettings delete"
                + " --setting-names AzureWebJobsStorage --name APP --resource-group GROUP")
        : Check.ok("settings", "all can be used");
  }

  private Check identity(Deadline deadline) {
    try {
      return Check.ok("identity", survey.signIn(deadline));
    } catch (PortException e) {
      return Check.bad("identity", e.detail(), scope.signInRemedy());
    }
  }

  private List<Check> store() {
    List<Check> checks = new ArrayList<>();
    try {
      checks.add(Check.ok("store", status.probeStore() + ", " + scope.storeAccess()));
      checks.add(timer(status.lastTick()));
      checks.add(Check.ok("last alert", lastAlert()));
      Status.Newest newest = status.newest(List.copyOf(scope.channels().keySet()));
      checks.add(rows(newest.unreadable()));
      newest.channels().forEach((name, channel) -> checks.add(channel(name, channel)));
    } catch (StoreException e) {
      checks.add(
          Check.bad(
              "store",
              e.getMessage(),
              "Check that the account of AzureWebJobsStorage exists and that the app may write to"
                  + " its tables (Storage Table Data Contributor)."));
      String remedy = "See the check of the store.";
      checks.add(Check.bad("timer", "not known without the store", remedy));
      checks.add(Check.bad("last alert", "not known without the store", remedy));
    }
    return checks;
  }

  private Check timer(Optional<Instant> beat) {
    if (beat.isEmpty()) {
      return Check.bad(
          "timer",
          "has not come yet",
          "Wait a quarter of a minute; then check that Poll is enabled.");
    }
    Duration ago = Duration.between(beat.get(), clock.instant());
    String said = "came " + ago.toSeconds() + " s ago";
    return ago.compareTo(MAX_HEARTBEAT_AGE) <= 0
        ? Check.ok("timer", said)
        : Check.bad("timer", said, "Check that the function Poll is enabled and not failing.");
  }

  private static Check rows(List<String> unreadable) {
    return unreadable.isEmpty()
        ? Check.ok("rows", "all can be read")
        : Check.bad(
            "rows",
            unreadable.size()
                + (unreadable.size() == 1
                    ? " capture can't be read: "
                    : " captures can't be read: ")
                + unreadable.stream().limit(MAX_NAMED).collect(Collectors.joining(", ")),
            "Another version of the app wrote them, or they are damaged. They are left alone; run"
                + " the version that wrote them: docs/operations.md, \"Updating, and going back\".");
  }

  private String lastAlert() {
    List<Delivery> last = deliveries.last();
    if (last.isEmpty()) {
      return "none yet";
    }
    String became =
        last.get(0).captures().stream()
            .map(id -> "; its capture " + id + ": " + status.summary(id))
            .collect(Collectors.joining());
    return last.get(0).at() + ", " + last.get(0).outcome() + became;
  }

  private Check channel(String name, ChannelHealth health) {
    return health.healthy()
        ? Check.ok("channel " + name, health.text())
        : Check.bad(
            "channel " + name,
            health.text(),
            "Check "
                + scope.channels().get(name)
                + ", and whoever answers there; each capture says how its messages fare.");
  }

  private Check account(String region, String id, Set<String> regions, Deadline deadline) {
    String name = "storage account " + id.substring(id.lastIndexOf('/') + 1);
    try {
      AzureProbe.Account account = survey.account(id, deadline);
      regions.add(account.region());
      if (!account.tier().equalsIgnoreCase("Standard")) {
        return Check.bad(name, account.tier(), "Packet capture needs a Standard account.");
      }
      if (!account.takesKeys()) {
        return Check.bad(
            name,
            "refuses access by account key",
            "Azure's agent writes with a SAS: az storage account update --allow-shared-key-access"
                + " true --ids '"
                + id
                + "'");
      }
      if (!region.isEmpty() && !region.equals(account.region())) {
        return Check.bad(
            name,
            "in " + account.region() + ", but set for " + region,
            "Name an account in " + region + " in CAPTURE_STORAGE_ACCOUNT_ID.");
      }
      return Check.ok(name, "Standard, in " + account.region());
    } catch (PortException e) {
      return Checks.failed(name, e);
    }
  }

  private List<Check> watchers(String subscription, Set<String> regions, Deadline deadline) {
    String name = "watchers of " + subscription;
    List<Check> checks = new ArrayList<>();
    try {
      Map<String, String> watchers = survey.watchers(subscription, deadline.within(MAX_QUESTION));
      checks.add(
          watchers.isEmpty()
              ? Check.bad(
                  name,
                  "none",
                  "az network watcher configure --locations REGION --enabled true"
                      + " --resource-group NetworkWatcherRG")
              : Check.ok(name, "in " + String.join(", ", new TreeSet<>(watchers.keySet()))));
      for (String region : regions) {
        if (watchers.containsKey(region)) {
          checks.add(
              slots(subscription, region, watchers.get(region), deadline.within(MAX_QUESTION)));
        }
      }
    } catch (PortException e) {
      checks.add(Checks.failed(name, e));
    }
    return checks;
  }

  private Check slots(String subscription, String region, String watcher, Deadline deadline) {
    String name = "slots in " + region;
    try {
      SlotUsage use = status.slots(subscription, region, watcher, deadline);
      String said = use.ours() + " ours, " + use.others() + " others', limit " + use.limit();
      return use.ours() + use.others() < use.limit()
          ? Check.ok(name, said)
          : Check.bad(
              name, said, "Delete sessions that are no longer needed, or raise CAPTURE_LIMIT.");
    } catch (PortException e) {
      return Checks.failed(name, e);
    } catch (StoreException e) {
      return Check.bad(name, "the store did not answer", "See the check of the store.");
    }
  }
}
