/**
 * The function app. Settings become objects here, in {@link dev.alertcapture.App} and nowhere else.
 *
 * <p>Nothing here decides or carries out.
 */
package dev.alertcapture;
