/**
 * What becomes of connections once they are open: requests and answers, resets, silences, pauses.
 * How connections come to be open, and loss, are not judged here.
 */
package dev.alertcapture.evidence.session;
