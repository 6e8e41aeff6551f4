/**
 * The one implementation of the ports {@link dev.lastseat.booking.EventRepository} and
 * {@link dev.lastseat.booking.ChangeFeed}: documents, atomic updates, indexes, the change
 * stream, and the translation of driver errors. Depends on {@code booking}, the MongoDB
 * driver, Spring Boot's client for it and Spring Data's tracing of its commands; entered
 * through its configuration.
 */
@NullMarked
package dev.lastseat.mongo;

import org.jspecify.annotations.NullMarked;
