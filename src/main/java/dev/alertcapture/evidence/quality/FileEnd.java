package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.pcap.CaptureFacts;
import dev.alertcapture.evidence.pcap.Ending;

/**
 * What is known of the file once it was read.
 *
 * @param facts what it says of itself
 * @param ending how it ended, or null where the reading was stopped
 * @param frames how many there are
 */
public record FileEnd(CaptureFacts facts, Ending ending, long frames) {}
