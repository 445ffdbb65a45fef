/**
 * How a capture is taken: limits and filters, from settings, rules and people alike.
 *
 * <p>A leaf: it knows nothing else of ours.
 */
package dev.alertcapture.options;
