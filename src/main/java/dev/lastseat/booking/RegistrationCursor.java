package dev.lastseat.booking;

/**
 * A place in the list of an event's registrations, which is in the order of booking. It
 * holds while others register. When the user it names has gone, its number says where
 * they were.
 *
 * @param position how many registrations come up to here, 1 or more
 * @param user who was the last of them
 */
public record RegistrationCursor(int position, UserId user) {
}
