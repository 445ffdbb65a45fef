package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A packet capture session at one moment.
 *
 * @param watcher its watcher's ARM id
 * @param state what queryStatus would say: NotStarted, Running, Stopped or Error
 * @param deleting whether a DELETE has been accepted and is not done yet
 * @param resource the ARM body that a GET would answer
 */
public record SimulatedSession(
    String watcher, String name, String state, boolean deleting, JsonNode resource) {}
