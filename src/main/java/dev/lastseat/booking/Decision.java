package dev.lastseat.booking;

/**
 * The outcome of one request in a batch. The user identifies the request: a batch sends
 * at most one request of a user.
 */
public record Decision(UserId user, Outcome outcome) {
}
