/**
 * The port of rows, with exactly what Azure Table Storage can do, and the store in memory.
 *
 * <p>A leaf: no row's meaning is known here.
 */
package dev.alertcapture.store;
