package dev.alertcapture.simulator;

import java.time.Instant;

/**
 * One ARM or blob request, in the order in which they were answered.
 *
 * @param time of arrival, by the simulator's clock
 * @param path as sent, without the query
 * @param query as sent, or null
 * @param status answered; 0 where a fault cut the connection instead
 * @param body the request's, empty if it had none
 */
public record RecordedRequest(
    Instant time, String method, String path, String query, int status, String body) {}
