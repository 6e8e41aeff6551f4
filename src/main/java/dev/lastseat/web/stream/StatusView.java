package dev.lastseat.web.stream;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventStatus;

/**
 * How the sale of an event stands, as clients see it.
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
