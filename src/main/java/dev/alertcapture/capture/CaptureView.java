package dev.alertcapture.capture;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.alertcapture.capture.Reason.About;

/** A capture as JSON for people: what calls answer and events carry. */
public final class CaptureView {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .defaultPropertyInclusion(
              com.fasterxml.jackson.annotation.JsonInclude.Value.construct(
                  Include.NON_NULL, Include.NON_NULL))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private CaptureView() {}

  /**
   * Everything that people may see of a capture. Not the operation's URL, which is signed: whoever
   * has it can ask Azure in our name.
   */
  public static ObjectNode of(Capture c) {
    ObjectNode out = MAPPER.createObjectNode();
    out.put("id", c.id());
    out.put("state", c.state().name());
    out.put("target", c.target().id());
    put(out, "region", c.region());
    put(out, "waiting", c.waiting());
    out.put("createdAt", c.createdAt().toString());
    out.put("since", c.stateSince().toString());
    out.set("alert", MAPPER.valueToTree(c.alert()));
    out.set("joined", MAPPER.valueToTree(c.joins()));
    out.put("heldBack", c.heldBack());
    out.set("options", MAPPER.valueToTree(c.options()));
    if (c.session() != null) {
      Session s = c.session();
      ObjectNode session = out.putObject("session");
      session.put("name", s.name()).put("watcher", s.watcherId());
      session.set("phase", MAPPER.valueToTree(s.phase()));
      if (s.ending() != null) {
        session.set("ending", MAPPER.valueToTree(s.ending()));
      }
    }
    if (c.stop() != null) {
      out.set("stop", MAPPER.valueToTree(c.stop()));
    }
    if (c.cause() != null) {
      out.set("reason", reason(c));
    }
    if (c.file() != null) {
      out.set("file", MAPPER.valueToTree(c.file()));
    }
    out.set("history", MAPPER.valueToTree(c.history()));
    ArrayNode notifications = out.putArray("notifications");
    c.notifications().forEach(message -> notifications.add(message(message)));
    return out;
  }

  /** A message without whose claim is on it. */
  private static ObjectNode message(Notification message) {
    ObjectNode out = MAPPER.valueToTree(message);
    out.remove("claim");
    return out;
  }

  /** Why a capture failed or was rejected, and what to do about it. */
  public static ObjectNode reason(Capture c) {
    Reason reason = c.cause().reason();
    ObjectNode out = MAPPER.createObjectNode();
    out.put("code", reason.name()).put("message", reason.message());
    out.put("remedy", reason.remedy(About.of(c.target(), c.region())));
    put(out, "detail", c.cause().detail());
    return out;
  }

  private static void put(ObjectNode out, String name, String value) {
    if (value != null) {
      out.put(name, value);
    }
  }
}
