/**
 * Channels to people, and the format of each.
 *
 * <p>What is said comes from {@code news}.
 */
package dev.alertcapture.notify;
