package dev.alertcapture.arm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Sessions.Provisioning;
import dev.alertcapture.capture.Sessions.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a list of sessions, read as it streams: {@code {"value": [{"name", "properties":
 * {"target", "scope": {"include": […]}, "provisioningState", "storageLocation": {…}}}]}}. A watcher
 * may have 10,000 sessions of some kilobytes, and all that is kept of each is what {@link Seen}
 * has.
 */
final class SessionList {
  /** Most bytes of such an answer. */
  static final long MAX_BYTES = 64L * 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private final List<Seen> sessions = new ArrayList<>();
  private final JsonParser json;
  private boolean complete;

  private SessionList(JsonParser json) {
    this.json = json;
  }

  /** Reads it to its end. Throws IOException where it is cut off, or no such list. */
  static List<Seen> read(InputStream answer) throws IOException {
    try (JsonParser json = JSON.createParser(answer)) {
      SessionList list = new SessionList(json);
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a list of sessions is a JSON object");
      }
      list.members(
          name -> {
            if (name.equals("value") && json.currentToken() == JsonToken.START_ARRAY) {
              list.complete = true;
              list.each(list::session);
            } else {
              json.skipChildren();
            }
          });
      if (!list.complete) {
        // Taken for an empty list it would let any number of sessions start.
        throw new IOException("a list of sessions has a value");
      }
      return list.sessions;
    }
  }

  private interface Reader {
    void read() throws IOException;
  }

  private interface MemberReader {
    /** Reads the member's value, which is the current token, to its end. */
    void read(String name) throws IOException;
  }

  /** Each member of the object that is the current token; where it is none, it is skipped. */
  private void members(MemberReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (next() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      next();
      reader.read(name);
    }
  }

  /** Each element of the array that is the current token; where it is none, it is skipped. */
  private void each(Reader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (next() != JsonToken.END_ARRAY) {
      reader.read();
    }
  }

  private JsonToken next() throws IOException {
    JsonToken token = json.nextToken();
    if (token == null) {
      throw new IOException("the list of sessions is cut off");
    }
    return token;
  }

  private String text() throws IOException {
    json.skipChildren();
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
  }

  private void session() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("a session is a JSON object");
    }
    Draft draft = new Draft();
    members(
        name -> {
          switch (name) {
            case "name" -> draft.name = text();
            case "properties" -> members(property -> property(draft, property));
            default -> json.skipChildren();
          }
        });
    if (draft.name != null) {
      sessions.add(draft.seen());
    }
  }

  private void property(Draft draft, String name) throws IOException {
    switch (name) {
      case "target" -> draft.target = text();
      case "provisioningState" -> draft.state = text();
      case "scope" ->
          members(
              member -> {
                if (member.equals("include")) {
                  each(() -> draft.include(text()));
                } else {
                  json.skipChildren();
                }
              });
      case "storageLocation" ->
          members(
              member -> {
                switch (member) {
                  case "storagePath" -> draft.storagePath = text();
                  case "filePath" -> draft.filePath = text();
                  default -> json.skipChildren();
                }
              });
      default -> json.skipChildren();
    }
  }

  /** One session as far as it is read. */
  private static final class Draft {
    private String name;
    private String target;
    private String state;
    private String storagePath;
    private String filePath;
    private String included;
    private int includes;

    void include(String instance) {
      included = instance;
      includes++;
    }

    // PUT with its bare number, an instance comes back with its full id.
    Seen seen() {
      Provisioning how =
          "Succeeded".equals(state)
              ? Provisioning.SUCCEEDED
              : "Failed".equals(state) ? Provisioning.FAILED : Provisioning.UPDATING;
      return new Seen(
          name, includes == 1 ? included : target, how, new Session.Paths(storagePath, filePath));
    }
  }
}
