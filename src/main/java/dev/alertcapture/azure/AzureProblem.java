package dev.alertcapture.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Azure's refusals, as the {@link PortException} that they are to us (docs/design/azure.md, "Errors
 * and limits"). Of Azure's words code and message are kept, without the queries of URLs: those of
 * operations are signed.
 */
public final class AzureProblem {
  private static final int MAX_CHARS = 500;
  // A text is cut before it is cleaned: what cleans it takes longer than the text is long.
  private static final int MAX_CHARS_READ = 4 * MAX_CHARS;
  private static final int MAX_DETAILS = 4;
  private static final Set<String> BUSY =
      Set.of("AnotherOperationInProgress", "RetryableErrorDueToAnotherOperation");

  private AzureProblem() {}

  /** A call to Azure. */
  @FunctionalInterface
  public interface Call<T> {
    /** Makes it. */
    T make() throws PortException;
  }

  /**
   * Makes a call and turns what it throws into trouble.
   *
   * @param what the call in words: "listing the sessions of ID"
   * @param action what a 403 says is missing
   */
  public static <T> T of(String what, ArmAction action, Call<T> call) throws PortException {
    try {
      return call.make();
    } catch (ClientAuthenticationException e) {
      throw PortException.unavailable(
          what + ": no token could be had, " + clean(e.getMessage()), null);
    } catch (HttpResponseException e) {
      throw refused(what, action, e);
    } catch (UncheckedIOException e) {
      throw PortException.unavailable(
          what + ": no answer, " + clean(String.valueOf(e.getCause())), null);
    } catch (RuntimeException e) {
      // What the SDK throws when the answer is not what it expects, JSON cut short for one.
      throw PortException.unavailable(
          what + ": not understood, " + e.getClass().getSimpleName(), null);
    }
  }

  /** Whether Azure said 404. */
  public static boolean isNotFound(HttpResponseException e) {
    return e.getResponse() != null && e.getResponse().getStatusCode() == 404;
  }

  private static PortException refused(String what, ArmAction action, HttpResponseException e) {
    if (e.getResponse() == null) {
      return PortException.unavailable(what + ": no answer", null);
    }
    return trouble(what, action, e.getResponse(), code(e), message(e));
  }

  /** The trouble that an answer is which no SDK has looked at. */
  public static PortException answered(
      String what, ArmAction action, HttpResponse answer, JsonNode error) {
    String code = error.path("code").isTextual() ? clean(error.path("code").asText()) : null;
    String message =
        error.path("message").isTextual() ? ", " + clean(error.path("message").asText()) : "";
    return trouble(what, action, answer, code, message);
  }

  private static PortException trouble(
      String what, ArmAction action, HttpResponse answer, String code, String message) {
    int status = answer.getStatusCode();
    String detail = what + ": " + status + (code == null ? "" : " " + code) + message;
    if (status < 300) {
      // The SDK's word for a body that is cut short or no JSON. The request may have taken effect.
      return PortException.unavailable(what + ": not understood, " + status, null);
    }
    boolean busy = code != null && BUSY.contains(code);
    if (busy || status == 408 || status == 409 || status == 429 || status >= 500) {
      return PortException.unavailable(detail, retryAfter(answer.getHeaders()));
    }
    if (status == 401 || status == 403) {
      return PortException.refused(Reason.FORBIDDEN, action.lackedBy(message) + "; " + detail);
    }
    return PortException.refused(
        switch (status) {
          case 404 ->
              message.contains("Microsoft.Network/networkWatchers/")
                  ? Reason.NO_WATCHER
                  : Reason.TARGET_NOT_FOUND;
          default -> Reason.REFUSED;
        },
        detail);
  }

  private static String code(HttpResponseException e) {
    return e instanceof ManagementException m && m.getValue() != null
        ? m.getValue().getCode()
        : null;
  }

  // "Cannot parse the request." says nothing: which member it was stands in the details.
  private static String message(HttpResponseException e) {
    if (!(e instanceof ManagementException m) || m.getValue() == null) {
      return "";
    }
    List<ManagementError> errors = new ArrayList<>(List.of(m.getValue()));
    if (m.getValue().getDetails() != null) {
      errors.addAll(m.getValue().getDetails());
    }
    String words =
        errors.stream()
            .map(ManagementError::getMessage)
            .filter(Objects::nonNull)
            .limit(MAX_DETAILS)
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? "" : ", " + clean(words);
  }

  /** A foreign text made fit for an answer: one line, of bounded length, no URL's query. */
  public static String clean(String text) {
    String all = String.valueOf(text);
    String line =
        all.substring(0, Math.min(all.length(), MAX_CHARS_READ))
            .replaceAll("\\p{Cntrl}+", " ")
            .replaceAll("(?i)(https?://[^\\s?]+)\\?\\S+", "$1");
    return line.length() > MAX_CHARS ? line.substring(0, MAX_CHARS) + "…" : line;
  }

  /** Retry-After in seconds, bounded to an hour; null where there is none. */
  public static Duration retryAfter(HttpHeaders headers) {
    String value = headers.getValue(HttpHeaderName.RETRY_AFTER);
    if (value == null || !value.matches("\\d{1,9}")) {
      return null;
    }
    return Duration.ofSeconds(Math.min(3600, Long.parseLong(value)));
  }
}
