package dev.lastseat.booking;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.InvalidInputException.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class EventChangeTest {

	private static final Instant START = Instant.parse("2027-01-01T19:00:00Z");

	private static final Event GALA = new Event(new EventId("1"), "Gala", null, START, START.plusSeconds(60), 3,
			SaleTerms.DEFAULT, 2, 0, 7, Instant.EPOCH);

	@Test
	void reportsAllViolationsOfChangedFields() {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> new EventChange(EnumSet.allOf(Field.class), " ", "x".repeat(5_001), null, Instant.MAX, 0,
						SaleTerms.DEFAULT));

		assertThat(refusal.violations()).extracting(Violation::field)
			.containsExactly("title", "description", "startsAt", "endsAt", "capacity");
	}

	@Test
	void ignoresTheValuesOfOtherFields() {
		EventChange change = new EventChange(Set.of(), " ", "x".repeat(5_001), null, Instant.MAX, 0, SaleTerms.DEFAULT);

		assertThat(change.changes(Field.TITLE)).isFalse();
	}

	@Test
	void refusesAnEndBeforeTheStartWhenBothChange() {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> new EventChange(Set.of(Field.STARTS_AT, Field.ENDS_AT), null, null, START, START.minusMillis(1),
						0, SaleTerms.DEFAULT));

		assertThat(refusal.violations()).containsExactly(new Violation("endsAt", "must not be before startsAt"));
	}

	@Test
	void refusesAnEndThatIsLessThanAMillisecondBeforeTheStart() {
		Instant start = Instant.parse("2027-01-01T19:00:00Z");

		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> new EventChange(EnumSet.of(Field.STARTS_AT, Field.ENDS_AT), null, null, start,
					start.minusNanos(1), 0, SaleTerms.DEFAULT));
	}

	@Test
	void removesADescriptionAndAnEndButNotAStart() {
		EventChange change = new EventChange(Set.of(Field.DESCRIPTION, Field.ENDS_AT), null, null, null, null, 0,
				SaleTerms.DEFAULT);

		assertThat(change.endOf(GALA)).isNull();
		assertThat(change.startOf(GALA)).isEqualTo(START);
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> new EventChange(Set.of(Field.STARTS_AT), null, null, null, null, 0, SaleTerms.DEFAULT));
	}

	@Test
	void keepsTheTimesOfTheEventThatDoNotChange() {
		EventChange change = EventChange.ofCapacity(5);

		assertThat(change.startOf(GALA)).isEqualTo(GALA.startsAt());
		assertThat(change.endOf(GALA)).isEqualTo(GALA.endsAt());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 10_000_001, Integer.MIN_VALUE })
	void refusesACapacityOutOfBounds(int capacity) {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> EventChange.ofCapacity(capacity));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10_000_000 })
	void acceptsACapacityAtTheBounds(int capacity) {
		assertThat(EventChange.ofCapacity(capacity).capacity()).isEqualTo(capacity);
	}

}
