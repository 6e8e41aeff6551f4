package dev.lastseat.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;

/**
 * The JSON body of the holds of a party.
 *
 * @param holds in the order of the request
 * @param created the users whose holds the request made
 */
record PartyHoldView(String eventId, List<UserHoldView> holds, List<String> created) {

	static PartyHoldView of(EventId event, Request.PartyHolding party, PartyHoldOutcome outcome) {
		Map<UserId, UserHoldView> views = Stream.concat(outcome.held().stream(), outcome.before().stream())
			.collect(Collectors.toMap(Hold::user, UserHoldView::of));
		return new PartyHoldView(event.value(), party.users().stream().map(views::get).toList(),
				outcome.held().stream().map(Hold::user).map(UserId::value).toList());
	}

}
