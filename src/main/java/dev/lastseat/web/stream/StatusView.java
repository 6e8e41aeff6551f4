package dev.lastseat.web.stream;

import java.time.Instant;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventStatus;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of the status of an event: how many seats are sold, held and left, how
 * many users are waiting, and when the seats are sold.
 */
public record StatusView(String eventId, int capacity, int ticketsSold, int held, int waiting, int remaining,
		boolean soldOut, @Nullable Instant salesOpenAt, @Nullable Instant salesCloseAt, long revision) {

	public static StatusView of(EventStatus status) {
		return new StatusView(status.event().value(), status.capacity(), status.ticketsSold(), status.held(),
				status.waiting(), status.remaining(), status.soldOut(), status.sale().opensAt(),
				status.sale().closesAt(), status.revision());
	}

	public static StatusView of(Event event) {
		return new StatusView(event.id().value(), event.capacity(), event.ticketsSold(), event.held(), event.waiting(),
				event.remaining(), event.soldOut(), event.sale().opensAt(), event.sale().closesAt(), event.revision());
	}

}
