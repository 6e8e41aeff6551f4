package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.UserId;

/**
 * The JSON body of a registered party.
 *
 * @param booked the users that the request registered
 * @param held the users that were registered before
 */
record PartyView(String eventId, List<String> booked, List<String> held) {

	static PartyView of(EventId event, PartyOutcome outcome) {
		return new PartyView(event.value(), texts(outcome.booked()), texts(outcome.before()));
	}

	private static List<String> texts(List<UserId> users) {
		return users.stream().map(UserId::value).toList();
	}

}
