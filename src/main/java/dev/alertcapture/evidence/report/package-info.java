/**
 * What a file's findings come to: verdict, headline, order, and the report as JSON and as text. No
 * packet is looked at here.
 */
package dev.alertcapture.evidence.report;
