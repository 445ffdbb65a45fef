/**
 * The files that captures leave in storage accounts.
 *
 * <p>Credentials go to configured accounts' own hosts alone.
 */
package dev.alertcapture.blob;
