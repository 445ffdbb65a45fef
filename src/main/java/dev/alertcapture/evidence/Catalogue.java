package dev.alertcapture.evidence;

import dev.alertcapture.evidence.connect.Connects;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.lookup.LookupRules;
import dev.alertcapture.evidence.quality.Checks;
import dev.alertcapture.evidence.quality.FileEnd;
import dev.alertcapture.evidence.report.Section;
import dev.alertcapture.evidence.session.Sessions;
import dev.alertcapture.evidence.transfer.TransferRules;
import dev.alertcapture.evidence.volume.VolumeRules;
import java.util.ArrayList;
import java.util.List;

/**
 * All rules. They are told in an order in which one that explains what another would only notice
 * comes before it and takes its rows.
 */
final class Catalogue {
  private final List<Rule> rules = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private final Checks checks;

  Catalogue(Context context, Watchers watch) {
    // Who watches packets, by family.

    // Connects.
    Connects connects = new Connects(context, watch::add);

    // Sessions.
    Sessions sessions = new Sessions(context, watch::add);

    // Quality and transfer.
    checks = new Checks(context);
    checks.watchers().forEach(watch::add);
    rules.add(checks);
    TransferRules transfer = new TransferRules(context, watch::add);

    // Volume and lookups.
    VolumeRules volume = new VolumeRules(context, watch::add);
    sections.addAll(volume.sections());
    LookupRules lookups = new LookupRules(context, watch::add);

    // The order of telling: scans and floods, the platform, connects, lookups, dead and silent
    // sessions, loss, TLS, resets, slow answers, volume, impact.
    rules.addAll(volume.early());
    rules.addAll(connects.rules());
    rules.addAll(transfer.early());
    rules.addAll(lookups.rules());
    rules.addAll(sessions.dead());
    rules.addAll(sessions.live());
    rules.addAll(transfer.late());
    rules.addAll(volume.late());
  }

  /** How far the capture can be trusted, once it was read. */
  Quality quality(FileEnd end) {
    return checks.judge(end);
  }

  List<Rule> rules() {
    return rules;
  }

  List<Section> sections() {
    return sections;
  }
}
