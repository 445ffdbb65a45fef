/**
 * Watchers, sessions, targets and health through Azure Resource Manager.
 *
 * <p>No other package may know the SDK's models.
 */
package dev.alertcapture.arm;
