package dev.lastseat.web.stream;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventStatus;

/**
 * The JSON body of the status of an event: how many tickets are sold and left.
 */
public record StatusView(String eventId, int capacity, int ticketsSold, int remaining, boolean soldOut, long revision) {

	public static StatusView of(EventStatus status) {
		return new StatusView(status.event().value(), status.capacity(), status.ticketsSold(), status.remaining(),
				status.soldOut(), status.revision());
	}

	public static StatusView of(Event event) {
		return new StatusView(event.id().value(), event.capacity(), event.ticketsSold(), event.remaining(),
				event.soldOut(), event.revision());
	}

}
