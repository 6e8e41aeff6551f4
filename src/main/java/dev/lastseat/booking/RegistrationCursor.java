package dev.lastseat.booking;

/**
 * A position in the list of registrations of an event, which is in the order of booking.
 * It stays valid when other users register. When its user is not registered any more, the
 * position is used instead.
 *
 * @param position number of registrations up to and including the user, 1 or more
 * @param user the last user of the previous page
 */
public record RegistrationCursor(int position, UserId user) {
}
