package dev.alertcapture;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import dev.alertcapture.alert.AlertReader;
import dev.alertcapture.alert.CallerRule;
import dev.alertcapture.arm.ArmClient;
import dev.alertcapture.arm.ArmProbe;
import dev.alertcapture.arm.ArmSessions;
import dev.alertcapture.arm.ArmTargets;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.azure.BoundedHttpClient;
import dev.alertcapture.azure.Cloud;
import dev.alertcapture.azure.Credentials;
import dev.alertcapture.azure.Tokens;
import dev.alertcapture.blob.BlobFiles;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Pause;
import dev.alertcapture.health.Health;
import dev.alertcapture.news.FileLocator;
import dev.alertcapture.news.SummaryWriter;
import dev.alertcapture.notify.CaptureEvent;
import dev.alertcapture.notify.HttpChannel;
import dev.alertcapture.notify.Message;
import dev.alertcapture.notify.SlackBlocks;
import dev.alertcapture.notify.TeamsCard;
import dev.alertcapture.orchestrator.CaptureOrchestrator;
import dev.alertcapture.orchestrator.Deliveries;
import dev.alertcapture.orchestrator.Destinations;
import dev.alertcapture.orchestrator.Engine;
import dev.alertcapture.orchestrator.Reconciler;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.settings.CaptureSettings;
import dev.alertcapture.settings.NotifySettings;
import dev.alertcapture.settings.SecretUrl;
import dev.alertcapture.settings.Settings;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import dev.alertcapture.table.TableCaptureStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/** The one place where objects are made, from settings. Makes no request of its own. */
public final class App {
  // The same in all clouds.
  private static final String STORAGE_SCOPE = "https://storage.azure.com/.default";

  private final AlertReader alerts = new AlertReader();
  private final CallerRule caller;
  private final Engine engine;
  private final Health health;
  private final LongSupplier nanoTime;

  /**
   * What an app takes from its surroundings.
   *
   * @param store null for the one that the settings name
   * @param pause how a short wait is waited
   */
  public record Surroundings(Clock clock, LongSupplier nanoTime, CaptureStore store, Pause pause) {
    /** Those of a real app. */
    public static Surroundings real() {
      return new Surroundings(
          Clock.tickMillis(ZoneOffset.UTC),
          System::nanoTime,
          null,
          time -> Thread.sleep(time.toMillis()));
    }
  }

  /** An app from the environment's settings. */
  public static App of(Map<String, String> environment) throws BadSettings {
    return new App(Settings.read(environment), Surroundings.real());
  }

  /** An app from settings, in given surroundings. */
  public App(Settings settings, Surroundings around) {
    this(settings, around, new BoundedHttpClient());
  }

  /** An app whose every request goes through one client. */
  App(Settings settings, Surroundings around, HttpClient http) {
    URI endpoint = settings.endpoint() == null ? settings.cloud().endpoint() : settings.endpoint();
    // Plain http is for loopback only (Settings), and a simulator there takes any token.
    boolean simulated = endpoint.getScheme().equalsIgnoreCase("http");
    TokenCredential identity =
        simulated ? null : Credentials.of(settings.identity(), settings.cloud(), http);
    // A private cloud takes tokens for its own endpoint; those for Azure's stay at home.
    String scope = settings.endpoint() == null ? settings.cloud().scope() : endpoint + "/.default";
    ArmClient arm =
        new ArmClient(endpoint, AzurePipeline.of(http, identity, scope, around.pause()));

    Map<String, Destinations.Account> accounts = new HashMap<>();
    Map<String, String> roots = new HashMap<>();
    settings
        .destinations()
        .storageAccounts()
        .forEach(
            (region, id) -> {
              String name = id.substring(id.lastIndexOf('/') + 1);
              String root =
                  simulated
                      ? endpoint + "/" + name + "/"
                      : "https://" + name + ".blob" + settings.cloud().storageSuffix() + "/";
              String path = settings.destinations().storagePath();
              accounts.put(region, new Destinations.Account(id, path == null ? null : root + path));
              roots.put(root, id);
            });

    Map<String, Channel> channels = channels(settings, roots, http);
    CapturePolicy policy = policy(settings, List.copyOf(channels.keySet()));
    CaptureStore store = around.store() == null ? store(settings, http) : around.store();
    Engine.Ports ports =
        new Engine.Ports(
            new ArmTargets(arm),
            new ArmSessions(arm),
            new BlobFiles(
                AzurePipeline.of(http, identity, STORAGE_SCOPE, around.pause()), roots.keySet()));
    this.engine =
        Engine.of(
            store,
            policy,
            ports,
            new Destinations(accounts, settings.destinations().localPath()),
            channels,
            around.clock(),
            around.pause(),
            new SecureRandom());
    this.health =
        new Health(
            new ArmProbe(
                arm,
                identity == null ? null : new Tokens(identity, scope),
                settings.identity().inWords()),
            engine,
            new Health.Scope(
                settings.subscriptions(),
                settings.destinations().storageAccounts(),
                settings.destinations().localPath() != null,
                storeAccess(settings),
                settings.plainStorage(),
                settings.identity().remedy(),
                settingsOf(policy.channels())),
            around.clock());
    this.caller = settings.caller();
    this.nanoTime = around.nanoTime();
  }

  private static Map<String, Channel> channels(
      Settings settings, Map<String, String> accounts, HttpClient http) {
    Cloud cloud = settings.cloud();
    String cloudToSet = cloud == Cloud.AZURE_CLOUD ? null : cloud.settingName();
    SummaryWriter writer =
        new SummaryWriter(
            new FileLocator(cloud.portal(), cloudToSet, Map.copyOf(accounts)),
            settings.site().address());
    String site = settings.site().name() == null ? "local" : settings.site().name();
    NotifySettings to = settings.notifications();
    Map<String, Channel> channels = new TreeMap<>();
    BiConsumer<SecretUrl, Message> add =
        (url, message) -> {
          if (url != null) {
            channels.put(message.name(), new HttpChannel(http, url.url(), message));
          }
        };
    add.accept(to.webhook(), new CaptureEvent("/alert-packet-capture/" + site, writer));
    add.accept(to.teams(), new TeamsCard(writer));
    add.accept(to.slack(), new SlackBlocks(writer));
    return channels;
  }

  private static Map<String, String> settingsOf(List<String> channels) {
    Map<String, String> settings = new TreeMap<>(NotifySettings.SETTINGS);
    settings.keySet().retainAll(channels);
    return settings;
  }

  private static CaptureStore store(Settings settings, HttpClient http) {
    return settings.table() == null
        ? new MemoryCaptureStore()
        : new TableCaptureStore(settings.table(), http);
  }

  private static String storeAccess(Settings settings) {
    return settings.table() == null ? "in this process" : settings.table().access().inWords();
  }

  private static CapturePolicy policy(Settings settings, List<String> channels) {
    CaptureSettings captures = settings.captures();
    return new CapturePolicy(
        Set.copyOf(captures.kinds()),
        captures.scopes(),
        captures.limit(),
        captures.queueTimeout(),
        captures.cooldown(),
        captures.sessionRetention(),
        captures.historyRetention(),
        captures.namePrefix(),
        captures.options(),
        captures.stopOnResolved(),
        channels,
        Set.copyOf(settings.notifications().on()));
  }

  /** Reads what Azure Monitor posts. */
  public AlertReader alerts() {
    return alerts;
  }

  /** Judges who posts an alert, by the principal that the platform vouches for. */
  public CallerRule.Verdict judge(String principal) {
    return caller == null ? CallerRule.Verdict.ALLOWED : caller.judge(principal);
  }

  /** What was posted lately. */
  public Deliveries deliveries() {
    return engine.deliveries();
  }

  /** Answers alerts. */
  public CaptureOrchestrator orchestrator() {
    return engine.orchestrator();
  }

  /** Carries captures on. */
  public Reconciler reconciler() {
    return engine.reconciler();
  }

  /** Whether captures can work. */
  public Health health() {
    return health;
  }

  /** A call of the Functions host that has so much time. */
  public Invocation call(Duration time, Logger log) {
    return new Invocation(Deadline.in(time, nanoTime), log);
  }
}
