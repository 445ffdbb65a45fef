/**
 * Packets as flows: addresses, flows in parallel arrays, copies, TCP analysis, and the interface of
 * those who draw conclusions. Bounded by the heap; no conclusion is drawn here.
 */
package dev.alertcapture.evidence.flow;
