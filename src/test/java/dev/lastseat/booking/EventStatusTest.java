package dev.lastseat.booking;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventStatusTest {

	@ParameterizedTest
	@CsvSource({ "5, 0, 0, 0, 5, false", "5, 4, 0, 0, 1, false", "5, 5, 0, 0, 0, true", "1, 3, 0, 0, 0, true",
			"5, 0, 2, 0, 3, false", "5, 3, 2, 0, 0, true", "5, 0, 5, 0, 0, true", "5, 4, 2, 0, 0, true",
			"5, 5, 0, 1, 0, true", "5, 4, 0, 1, 0, true" })
	void countsTheSeatsThatANewUserCanGet(int capacity, int ticketsSold, int held, int waiting, int remaining,
			boolean soldOut) {
		EventStatus status = new EventStatus(new EventId("65f000000000000000000001"), capacity, ticketsSold, held,
				waiting, SaleTerms.DEFAULT, 1);

		assertThat(status.remaining()).isEqualTo(remaining);
		assertThat(status.soldOut()).isEqualTo(soldOut);
		assertThat(event(capacity, ticketsSold, held, waiting)).satisfies((event) -> {
			assertThat(event.remaining()).isEqualTo(remaining);
			assertThat(event.soldOut()).isEqualTo(soldOut);
		});
	}

	private static Event event(int capacity, int ticketsSold, int held, int waiting) {
		return new Event(new EventId("65f000000000000000000001"), "Gala", null, Instant.EPOCH, null, capacity,
				SaleTerms.DEFAULT, ticketsSold, held, waiting, 1, Instant.EPOCH);
	}

}
