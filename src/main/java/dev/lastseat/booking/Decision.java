package dev.lastseat.booking;

/**
 * What an admission ended in for one of those that it was about.
 */
public record Decision(UserId user, BookingOutcome outcome) {
}
