/**
 * Named checks of everything that a capture needs, each with a remedy.
 *
 * <p>Nothing here changes anything, but for the row that shows that the store can be written.
 */
package dev.alertcapture.health;
