/**
 * What the Functions host calls: bytes in, response out.
 *
 * <p>Nothing is decided here, and nobody else may know the functions library.
 */
package dev.alertcapture.functions;
