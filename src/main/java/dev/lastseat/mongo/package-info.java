/**
 * Storage in MongoDB: implements the ports {@link dev.lastseat.booking.EventRepository}
 * and {@link dev.lastseat.booking.ChangeFeed}.
 * <p>
 * May use {@code booking}, its own package {@code segments}, the MongoDB driver, Guava's
 * caches, and Spring: Boot's client for MongoDB and health indicators, and Spring Data's
 * tracing of commands. Other packages enter it through its configuration.
 */
@NullMarked
package dev.lastseat.mongo;

import org.jspecify.annotations.NullMarked;
