package dev.alertcapture.table;

import com.azure.core.exception.ClientAuthenticationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a request to the table service failed, in words that hold no secret. The SDK's own messages
 * repeat the service's answer, which may hold a signature; so they are not passed on.
 */
final class TableFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int NO_ANSWER = 0;
  private static final int UNKNOWN = -1;
  // JSON as we ask for it; a refused signature may be answered in XML all the same.
  private static final Pattern CODE =
      Pattern.compile("\"code\"\\s*:\\s*\"(\\w+)|<(?:\\w+:)?code>(\\w+)", Pattern.CASE_INSENSITIVE);
  private static final Set<Integer> PASSING = Set.of(NO_ANSWER, 408, 429, 500, 502, 503, 504);

  private final int status;
  private final String code;
  private final boolean sent;

  private TableFailure(int status, String code, boolean sent, String said, Throwable cause) {
    super(said, cause);
    this.status = status;
    this.code = code;
    this.sent = sent;
  }

  /** The service's refusal, with whatever it says. */
  static TableFailure answered(int status, String body) {
    Matcher found = CODE.matcher(body);
    String code = found.find() ? (found.group(1) == null ? found.group(2) : found.group(1)) : "";
    return new TableFailure(
        status, code, true, ("HTTP " + status + " " + code).strip() + remedy(status), null);
  }

  /** An answer came that can't be understood. */
  static TableFailure unreadable(String what) {
    return new TableFailure(NO_ANSWER, "", true, "an answer " + what, null);
  }

  static TableFailure of(RuntimeException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof TableFailure known) {
        return known;
      }
      if (cause instanceof ClientAuthenticationException) {
        return new TableFailure(401, "", false, "the app's identity got no token", null);
      }
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new TableFailure(NO_ANSWER, "", true, "interrupted", null);
      }
      if (cause instanceof IOException) {
        boolean sent =
            !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
        String said = "no answer (" + cause.getClass().getSimpleName() + ")";
        return new TableFailure(NO_ANSWER, "", sent, said, cause);
      }
    }
    TableFailure unknown =
        new TableFailure(UNKNOWN, "", true, failed.getClass().getSimpleName(), null);
    unknown.setStackTrace(failed.getStackTrace());
    return unknown;
  }

  private static String remedy(int status) {
    return switch (status) {
      case 401, 403 ->
          " (the key may be wrong, the account's firewall may be closed, or the app's identity lacks"
              + " the role Storage Table Data Contributor)";
      default -> "";
    };
  }

  /** Whether nothing took effect, since a row was there, gone or changed. */
  boolean isConflict() {
    return is(409, "EntityAlreadyExists")
        || is(412, "UpdateConditionNotSatisfied")
        || is(404, "ResourceNotFound");
  }

  boolean is(int aStatus, String aCode) {
    return status == aStatus && aCode.equals(code);
  }

  /** Whether the same request may well succeed now. */
  boolean isPassing() {
    return PASSING.contains(status) && !Thread.currentThread().isInterrupted();
  }

  /** Whether the request may have been carried out all the same. */
  boolean mayHaveTakenEffect() {
    boolean turnedAway = (status >= 400 && status < 500 && status != 408) || isBusy();
    return sent && !turnedAway;
  }

  private boolean isBusy() {
    return is(503, "ServerBusy");
  }
}
