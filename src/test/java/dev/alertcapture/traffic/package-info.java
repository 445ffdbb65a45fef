/**
 * Writes network traffic whose truth is known by construction, as a capture file. It knows nothing
 * of the app; it reads no captures and judges none.
 */
package dev.alertcapture.traffic;
