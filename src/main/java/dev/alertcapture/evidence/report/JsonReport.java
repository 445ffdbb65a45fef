package dev.alertcapture.evidence.report;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Proof;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.pcap.CaptureFacts;
import dev.alertcapture.evidence.pcap.Ending;
import java.time.Instant;
import java.util.Map;

/** The report as {@code evidence/1}. Members without a value are left out. */
final class JsonReport {
  private static final int MAX_FINDINGS = 60;

  private final Json json;

  private JsonReport(StringBuilder out) {
    json = new Json(out);
  }

  static String write(Report report) {
    StringBuilder out = new StringBuilder(16_384);
    new JsonReport(out).all(report);
    return out.toString();
  }

  private void all(Report report) {
    json.object();
    json.put("schema", "evidence/1");
    json.put("verdict", report.verdict().word());
    json.put("headline", report.headline());
    json.put("impact", report.impact());
    json.put("next", report.next());
    json.put("trust", report.trust());
    capture(report.capture());
    if (report.question().metric() != null) {
      alert(report.question(), report.capture());
    }
    json.object("self");
    json.put("addresses", report.own().addresses());
    json.put("how", report.own().how().name().toLowerCase(java.util.Locale.ROOT));
    json.endObject();
    quality(report.checked().quality());
    json.array("findings");
    report.findings().stream().limit(MAX_FINDINGS).forEach(this::finding);
    json.endArray();
    checked(report.checked());
    report.sections().forEach(each -> each.write(json));
    json.endObject();
  }

  private void capture(CaptureInfo capture) {
    CaptureFacts facts = capture.facts();
    json.object("capture");
    json.put("path", capture.path());
    json.put("bytes", capture.bytes());
    json.put("sha256", capture.sha256());
    json.put("format", facts.format);
    json.put("links", capture.links());
    if (facts.snapLength > 0) {
      json.put("snaplen", facts.snapLength);
    }
    json.put("frames", capture.frames());
    json.put("readable", capture.ending() == Ending.WHOLE ? "whole" : capture.cut());
    if (capture.first() > 0) {
      json.put("first", instant(capture.first()).toString());
      json.put("last", instant(capture.last()).toString());
    }
    json.put("seconds", capture.nanos() / 1e9);
    json.put("writer", facts.application.isEmpty() ? null : facts.application);
    json.put("system", facts.system.isEmpty() ? null : facts.system);
    if (facts.dropped >= 0) {
      json.put("dropped", facts.dropped);
    }
    json.endObject();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  private void alert(Question asked, CaptureInfo capture) {
    json.object("alert");
    json.put("metric", asked.metric());
    json.put("threshold", asked.threshold());
    json.put("value", asked.value());
    json.put("aggregation", asked.aggregation());
    json.put("operator", asked.operator());
    json.put("window", asked.window() == null ? null : asked.window().toString());
    if (asked.fired() != null) {
      json.put("fired", asked.fired().toString());
      if (capture.first() > 0) {
        json.put(
            "lagSeconds",
            instant(capture.first()).getEpochSecond() - asked.fired().getEpochSecond());
      }
    }
    json.endObject();
  }

  private void quality(Quality quality) {
    json.object("quality");
    json.put("loss", quality.loss().words());
    json.put("timing", quality.timing().words());
    json.put("volume", quality.volume().words());
    json.array("reasons");
    for (Quality.Reason reason : quality.reasons()) {
      json.object().put("id", reason.id()).put("say", reason.say()).put("count", reason.count());
      json.putNumbers("frames", reason.frames()).endObject();
    }
    json.endArray().endObject();
  }

  private void finding(Finding finding) {
    json.object();
    json.put("id", finding.id().text());
    json.put("severity", finding.severity().word());
    json.put("verdict", finding.verdict().word());
    json.put("say", finding.say());
    Subject subject = finding.subject();
    json.object("subject").put("peer", subject.peer());
    if (subject.port() > 0) {
      json.put("port", subject.port());
    }
    json.put("proto", subject.proto()).put("name", subject.name()).put("flow", subject.flow());
    json.endObject();
    json.object("numbers");
    for (Map.Entry<String, Long> number : finding.numbers().entrySet()) {
      json.put(number.getKey(), number.getValue());
    }
    json.endObject();
    if (finding.threshold() != null) {
      json.object("threshold").put("says", finding.threshold().says());
      json.put("why", finding.threshold().why()).endObject();
    }
    json.put("next", finding.next());
    if (finding.proof() != null) {
      proof(finding.proof());
    }
    json.put("caveats", finding.caveats());
    json.endObject();
  }

  private void proof(Proof proof) {
    json.object("evidence").put("count", proof.count());
    if (proof.of() > 0) {
      json.put("of", proof.of());
    }
    json.putNumbers("frames", proof.frames());
    if (!proof.frames().isEmpty()) {
      json.put("framesFilter", proof.framesFilter());
    }
    json.put("filter", proof.filter());
    json.put("superset", proof.superset());
    json.endObject();
  }

  private void checked(Findings findings) {
    json.array("clean");
    for (Map.Entry<Id, String> each : findings.clean().entrySet()) {
      if (!findings.has(each.getKey())) {
        json.object().put("id", each.getKey().text()).put("say", each.getValue()).endObject();
      }
    }
    json.endArray();
    json.array("notChecked");
    for (Findings.Silenced each : findings.notChecked().values()) {
      json.object().put("id", each.id().text()).put("why", each.because()).endObject();
    }
    json.endArray();
  }
}
