/**
 * What is captured on, and where that is allowed. Ids are parsed against the full pattern and
 * rebuilt.
 *
 * <p>A leaf: it knows nothing else of ours.
 */
package dev.alertcapture.target;
