/**
 * A capture in words: one {@link dev.alertcapture.news.Summary} for all channels.
 *
 * <p>Nothing here is sent or formatted.
 */
package dev.alertcapture.news;
