/**
 * How far a capture can be trusted: one class for each kind of doubt. Nothing here says what is
 * wrong on the network.
 */
package dev.alertcapture.evidence.quality;
