/**
 * What Azure Monitor posts: one reader for each schema, one {@link dev.alertcapture.alert.Alert}
 * for all.
 *
 * <p>Bodies are hostile. Whether an alert starts anything is decided elsewhere.
 */
package dev.alertcapture.alert;
