package dev.lastseat.booking;

/**
 * The outcome of the request of one user in a batch.
 */
public record Decision(UserId user, Outcome outcome) {
}
