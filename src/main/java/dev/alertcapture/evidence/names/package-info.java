/**
 * The names that packets tell: DNS lookups and their answers, server names of TLS and QUIC client
 * hellos, and how far TLS and HTTP got. No packet decoding, no flow table and no findings here;
 * nothing but names, versions, codes and times leaves this package, never a byte of content.
 */
package dev.alertcapture.evidence.names;
