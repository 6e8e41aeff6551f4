/**
 * The one implementation of the port {@link dev.lastseat.booking.EventRepository}:
 * documents, atomic updates, indexes, and the translation of driver errors. Depends on
 * {@code booking}, the MongoDB driver, Spring Boot's client for it and Spring Data's
 * tracing of its commands; entered through its configuration.
 */
@NullMarked
package dev.lastseat.mongo;

import org.jspecify.annotations.NullMarked;
