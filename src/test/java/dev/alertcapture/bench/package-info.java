/**
 * Measures what the app takes, beside what others take for the same; {@code mvn -Pbench} runs it.
 * Nothing here judges: a table is printed, and people read it.
 */
package dev.alertcapture.bench;
