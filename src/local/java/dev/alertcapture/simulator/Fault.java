package dev.alertcapture.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * Trouble for the requests that match; the first match, in the order of adding, has the request.
 *
 * @param path a regular expression, looked for anywhere in the path and in any letter case
 * @param method null for any
 * @param status answered in place of the real answer; null to leave the answer as it is
 * @param code the error code that goes with the status
 * @param latencyMs really waited, at most a minute, before anything else happens
 * @param retryAfter seconds, sent with the status; null for no such header
 * @param cut closes the connection without an answer, and wins over the status
 * @param times how many requests it takes; null for all
 */
public record Fault(
    String path,
    String method,
    Integer status,
    String code,
    long latencyMs,
    Integer retryAfter,
    Cut cut,
    Integer times) {

  /** When a cut connection is cut. */
  public enum Cut {
    /** The request has no effect. */
    @JsonProperty("before")
    BEFORE,
    /** The request has its effect, and the caller never learns of it. */
    @JsonProperty("after")
    AFTER
  }

  public static Fault answering(String method, String path, int status, String code) {
    return new Fault(path, method, status, code, 0, null, null, null);
  }

  public static Fault cutting(String method, String path, Cut cut) {
    return new Fault(path, method, null, null, 0, null, cut, null);
  }

  public static Fault delaying(String method, String path, Duration latency) {
    return new Fault(path, method, null, null, latency.toMillis(), null, null, null);
  }

  public Fault withRetryAfter(int seconds) {
    return new Fault(path, method, status, code, latencyMs, seconds, cut, times);
  }

  public Fault withTimes(int count) {
    return new Fault(path, method, status, code, latencyMs, retryAfter, cut, count);
  }
}
