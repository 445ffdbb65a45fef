/**
 * Which addresses are the machine's own, how that was found out, and on which side of each flow
 * they are; Azure's platform addresses and the capture's own upload. No findings and no totals.
 */
package dev.alertcapture.evidence.self;
