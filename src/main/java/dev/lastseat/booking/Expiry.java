package dev.lastseat.booking;

/**
 * Expired holds of an event were removed.
 *
 * @param holds the number of holds, 1 or more
 */
public record Expiry(EventId event, int holds) {

}
