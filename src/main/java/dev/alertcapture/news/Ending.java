package dev.alertcapture.news;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Session;
import java.util.Locale;
import java.util.Map;

/**
 * Why a session ended, in words. Azure's own are few: TimeExceeded and Manual; no source shows one
 * for the byte limit, where the portal shows "-" (docs/design/azure.md, "Status of a session").
 * That one is read from the size of the file.
 *
 * @param words a sentence
 * @param remedy what to do about it, else null
 */
record Ending(String words, String remedy) {
  private static final int MAX_WORD = 100;

  private static final Map<String, Ending> ERRORS =
      Map.of(
          "agentstopped",
          new Ending(
              "The Network Watcher agent on the machine stopped.",
              "Check that the machine was not shut down or restarted, and that its extension"
                  + " NetworkWatcherAgent is healthy."),
          "storagefailed",
          new Ending(
              "The storage account refused the file, or the machine could not reach it.",
              "Check that the machine reaches the account on port 443, that the account allows"
                  + " access by key (the agent writes with a SAS), and that its firewall lets the"
                  + " machine in."),
          "localfilefailed",
          new Ending(
              "The machine could not write the file to its own disk.",
              "Check that the disk has room, and that CAPTURE_LOCAL_PATH can be written to; on"
                  + " Linux it starts with /var/captures."),
          "capturefailed",
          new Ending(
              "The agent could not capture on the machine.",
              "Check that no other tool holds its network interface, and update the extension"
                  + " NetworkWatcherAgent."),
          "internalerror",
          new Ending(
              "Network Watcher met an internal error.",
              "Ask for a capture by hand; where it comes again, look at Azure's service health."));

  /** Why a capture's session ended, or null where nobody saw it end. */
  static Ending of(Capture c) {
    Session.Ending how = c.session() == null ? null : c.session().ending();
    if (how == null) {
      return null;
    }
    if (how.errors() != null) {
      return error(how.errors());
    }
    String word = how.stopReason() == null ? "" : how.stopReason().strip();
    return switch (how.meaning()) {
      case TIME_LIMIT ->
          new Ending(
              "It ended at its time limit of " + Phrases.time(c.options().timeLimit()) + ".", null);
      case STOPPED -> stopped(c);
      case DELETED ->
          new Ending(
              "Somebody deleted its session in Azure while it ran.",
              "Find out in the activity log who deletes packet captures.");
      case BYTE_LIMIT -> full(c, says(word));
      case UNKNOWN -> unknown(c, says(word));
    };
  }

  private static Ending error(String errors) {
    String first = errors.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
    Ending known = ERRORS.get(first);
    return known == null
        ? new Ending("It ended with an error: " + quoted(errors) + ".", null)
        : new Ending(
            known.words() + " Azure's own word is " + quoted(errors) + ".", known.remedy());
  }

  private static Ending stopped(Capture c) {
    return c.stop() == null || c.stop().sentAt() == null
        ? new Ending("Somebody stopped it in Azure, not through this app.", null)
        : new Ending("It was stopped: " + Phrases.clean(c.stop().by(), MAX_WORD) + ".", null);
  }

  private static String says(String word) {
    return word.isEmpty() ? "Azure gives no word for it" : "Azure says " + quoted(word);
  }

  private static Ending full(Capture c, String says) {
    long limit = c.options().bytesPerSession();
    return new Ending(
        "It ended because its byte limit"
            + (limit == 0 ? "" : " of " + Phrases.bytes(limit))
            + " was reached, as far as can be told; "
            + says
            + ".",
        "For more of it raise CAPTURE_BYTES_PER_SESSION, or keep less of each packet with"
            + " CAPTURE_BYTES_PER_PACKET.");
  }

  private static Ending unknown(Capture c, String says) {
    long limit = c.options().bytesPerSession();
    if (limit > 0 && FileLocation.largest(c.file()) >= limit - limit / 10) {
      return full(c, says);
    }
    if (c.stop() != null && c.stop().sentAt() != null) {
      return stopped(c);
    }
    return new Ending(
        "Why it ended is not known to us; " + says + ".",
        "Open the session in the portal while it is there. Azure has no word of its own for a"
            + " reached byte limit, which is "
            + (limit == 0 ? "none" : Phrases.bytes(limit))
            + " here.");
  }

  private static String quoted(String word) {
    return "“" + Phrases.clean(word, MAX_WORD) + "”";
  }
}
