/**
 * One record's bytes as one decoded packet: link, network and transport headers, tunnels,
 * fragments. No state beyond the fragments of a datagram; no payload is interpreted.
 */
package dev.alertcapture.evidence.packet;
