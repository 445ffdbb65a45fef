/**
 * Capture files as records: formats, damage, refusals, and the file offset of each record. What is
 * inside of a record is not looked at here.
 */
package dev.alertcapture.evidence.pcap;
