/**
 * Carries captures out: puts alerts on record, claims, steps, reserves slots, sends messages. Its
 * one door is {@link dev.alertcapture.orchestrator.Engine}.
 *
 * <p>What a capture needs is decided in {@code capture}, not here.
 */
package dev.alertcapture.orchestrator;
