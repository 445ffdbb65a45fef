/**
 * The store in Azure Table Storage.
 *
 * <p>What the rows mean is not known here.
 */
package dev.alertcapture.table;
