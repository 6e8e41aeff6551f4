package dev.lastseat.web;

import java.time.Instant;

import dev.lastseat.booking.Event;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of an event.
 *
 * @param holdSeconds null for the default length of a hold
 * @param offerSeconds null for the default length of an offer
 */
record EventView(String id, String title, @Nullable String description, Instant startsAt, @Nullable Instant endsAt,
		int capacity, int ticketsSold, int held, int waiting, int remaining, @Nullable Instant salesOpenAt,
		@Nullable Instant salesCloseAt, @Nullable Integer holdSeconds, @Nullable Integer offerSeconds, long revision) {

	static EventView of(Event event) {
		return new EventView(event.id().value(), event.title(), event.description(), event.startsAt(), event.endsAt(),
				event.capacity(), event.ticketsSold(), event.held(), event.waiting(), event.remaining(),
				event.sale().opensAt(), event.sale().closesAt(), event.sale().holdSeconds(),
				event.sale().offerSeconds(), event.revision());
	}

}
