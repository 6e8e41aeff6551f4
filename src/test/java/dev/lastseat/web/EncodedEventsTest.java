package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.SaleTerms;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Encodes an event once for all requests that share its read.
 */
class EncodedEventsTest {

	private final AtomicInteger encodings = new AtomicInteger();

	private final EncodedEvents views = new EncodedEvents(JsonMapper.shared(), (event) -> {
		this.encodings.incrementAndGet();
		return EventView.of(event);
	});

	@Test
	void encodesTheEventOfASharedReadOnce() {
		byte[] first = this.views.encode(StubEvents.GALA);

		assertThat(this.views.encode(StubEvents.GALA)).isSameAs(first);
		assertThat(this.encodings).hasValue(1);
		assertThat(new String(first, StandardCharsets.UTF_8)).startsWith("{\"id\":\"" + StubEvents.GALA.id() + "\"")
			.contains("\"ticketsSold\":2");
	}

	@Test
	void encodesTheEventOfTheNextReadAgain() {
		this.views.encode(StubEvents.GALA);

		assertThat(text(sold(3))).contains("\"ticketsSold\":3");
		assertThat(text(StubEvents.GALA)).contains("\"ticketsSold\":2");
		assertThat(this.encodings).hasValue(3);
	}

	private String text(Event event) {
		return new String(this.views.encode(event), StandardCharsets.UTF_8);
	}

	private static Event sold(int tickets) {
		Event gala = StubEvents.GALA;
		return new Event(gala.id(), gala.title(), null, gala.startsAt(), null, gala.capacity(), SaleTerms.DEFAULT,
				tickets, 0, 0, gala.revision() + 1, Instant.EPOCH);
	}

}
