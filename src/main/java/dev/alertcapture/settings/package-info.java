/**
 * The app settings, typed: all is read at once, and all that is wrong is said at once.
 *
 * <p>Nobody else reads the environment.
 */
package dev.alertcapture.settings;
