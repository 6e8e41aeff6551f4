package dev.lastseat.booking;

/**
 * A place in the waiting list of an event, at one moment.
 *
 * @param position 1 for the user that gets the next free seat
 * @param length number of users in the list
 */
public record WaitingPlace(int position, int length) {

}
