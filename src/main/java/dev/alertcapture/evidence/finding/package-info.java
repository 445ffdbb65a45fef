/**
 * What a finding is, and what all rules share: the log of flows, the words, the question that is to
 * be answered. No rule lives here.
 */
package dev.alertcapture.evidence.finding;
