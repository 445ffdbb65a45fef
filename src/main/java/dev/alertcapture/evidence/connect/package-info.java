/**
 * Connections that are not made: unanswered, refused, prohibited, scanned, flooded. What happens
 * once a connection stands does not live here.
 */
package dev.alertcapture.evidence.connect;
