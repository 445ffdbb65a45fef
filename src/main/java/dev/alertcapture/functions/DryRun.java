package dev.alertcapture.functions;

import com.microsoft.azure.functions.HttpRequestMessage;
import dev.alertcapture.orchestrator.BadRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The query's {@code dryRun=true}. Whoever gets it wrong would start a capture that nobody wants,
 * so anything but {@code true} and {@code false} is refused. It is read from the URL: the Functions
 * host leaves a parameter without a value out of those that it hands over (docs/design/worker.md,
 * "The host and the worker").
 */
final class DryRun {
  private DryRun() {}

  /** Whether a request asks for it; throws {@link BadRequest} where that can't be told. */
  static boolean isAskedFor(HttpRequestMessage<?> request) {
    String query = request.getUri().getRawQuery();
    Boolean asked = null;
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
      if (name.equalsIgnoreCase("dryRun")) {
        boolean value = value(equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
        if (asked != null && asked != value) {
          throw wrong();
        }
        asked = value;
      }
    }
    return asked != null && asked;
  }

  private static boolean value(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong();
    };
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static BadRequest wrong() {
    return new BadRequest("dryRun is true or false");
  }
}
