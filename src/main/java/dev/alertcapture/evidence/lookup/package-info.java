/**
 * Whether names were found: failed, empty, unanswered and slow DNS lookups. Nothing else of DNS.
 */
package dev.alertcapture.evidence.lookup;
