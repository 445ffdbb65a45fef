/**
 * What happens to the bytes of connections: loss, windows, round trips, sizes. Nothing here judges
 * how connections begin, end or answer.
 */
package dev.alertcapture.evidence.transfer;
