/**
 * Reads a capture file and says what its packets show. A leaf: nothing here may import anything
 * else of the app, nor any library; bytes come in, findings go out, and no clock is read.
 */
package dev.alertcapture.evidence;
