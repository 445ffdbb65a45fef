/**
 * The record of a capture, its states and its rules, as pure functions, and the ports they need.
 *
 * <p>No store, clock, thread or SDK may be known here.
 */
package dev.alertcapture.capture;
