package dev.lastseat.web;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;

/**
 * The JSON body of a place in a waiting list.
 *
 * @param position 1 for the user that gets the next free seat
 * @param length number of users in the list
 */
record WaitingPlaceView(String eventId, String userId, int position, int length) {

	static WaitingPlaceView of(EventId event, UserId user, WaitingPlace place) {
		return new WaitingPlaceView(event.value(), user.value(), place.position(), place.length());
	}

}
