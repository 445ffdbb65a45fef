package dev.alertcapture.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.CaptureView;
import dev.alertcapture.news.Summary;
import dev.alertcapture.news.SummaryWriter;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * A summary as a CloudEvents 1.0 event in structured JSON: {@code type} is {@code
 * dev.alertcapture.capture.completed} (or {@code failed}, {@code rejected}, {@code started}),
 * {@code subject} the target's ARM id, {@code data} what GET /api/captures/{id} shows, with the
 * news in words as {@code headline} and {@code text}. The id is the same each time the same news is
 * sent, so receivers can drop what they have seen.
 *
 * @param source a URI reference that names this deployment
 */
public record CaptureEvent(String source, SummaryWriter writer) implements Message {

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String contentType() {
    return "application/cloudevents+json";
  }

  /** Who sends, for receivers with abuse protection (CloudEvents 1.0, HTTP 1.1 Web Hooks, 4.1). */
  @Override
  public Map<String, String> headers() {
    String host = writer.site() == null ? null : URI.create(writer.site()).getHost();
    return host == null ? Map.of() : Map.of("WebHook-Request-Origin", host);
  }

  @Override
  public String json(Capture capture, CaptureState about) {
    String what = about == CaptureState.RUNNING ? "started" : about.name().toLowerCase(Locale.ROOT);
    Summary news = writer.news(capture, about);
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("specversion", "1.0");
    event.put("id", capture.id() + "-" + what);
    event.put("source", source);
    event.put("type", "dev.alertcapture.capture." + what);
    event.put("subject", capture.target().id());
    // A state may be told after the next state was entered.
    event.put("time", capture.entered(about).toString());
    event.put("datacontenttype", "application/json");
    ObjectNode data = CaptureView.of(capture);
    event.set("data", data.put("headline", news.headline()).put("text", news.text()));
    return event.toString();
  }
}
