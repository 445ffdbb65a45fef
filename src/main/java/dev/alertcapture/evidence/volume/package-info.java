/**
 * How much there was, of whom and when; whether that is what the alert's metric counted; and
 * whether users are hurt. What goes wrong with connections, lookups or packets is not judged here.
 */
package dev.alertcapture.evidence.volume;
