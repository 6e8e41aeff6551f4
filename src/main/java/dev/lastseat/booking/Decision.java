package dev.lastseat.booking;

/**
 * The outcome of the request of one user in a round.
 */
public record Decision(UserId user, Outcome outcome) {
}
