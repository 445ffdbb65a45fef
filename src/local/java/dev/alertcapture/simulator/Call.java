package dev.alertcapture.simulator;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One request as the services see it.
 *
 * @param now the moment it takes effect, by the simulator's clock
 * @param path raw, as sent
 * @param query raw, or null
 * @param authority the Host header, which is the authority of every URL in the answer
 */
record Call(
    Instant now,
    String method,
    String path,
    String query,
    String authority,
    Headers headers,
    String body) {

  Call at(Instant instant) {
    return new Call(instant, method, path, query, authority, headers, body);
  }

  /** A query parameter's decoded value, if it is there and not empty. */
  Optional<String> parameter(String name) {
    if (query == null) {
      return Optional.empty();
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equalsIgnoreCase(name)) {
        return Optional.of(decode(pair.substring(equals + 1))).filter(value -> !value.isEmpty());
      }
    }
    return Optional.empty();
  }

  boolean hasBearerToken() {
    String value = headers.getFirst("Authorization");
    return value != null
        && value.regionMatches(true, 0, "Bearer ", 0, 7)
        && !value.substring(7).isBlank();
  }

  /** A segment of a raw path or query, decoded; a plus sign stays one. */
  static String decode(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
