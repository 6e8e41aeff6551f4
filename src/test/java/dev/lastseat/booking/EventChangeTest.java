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
			SaleTerms.DEFAULT, 2, 0, 0, 7, Instant.EPOCH);

	@Test
	void reportsAllViolationsOfChangedFields() {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> new EventChange(EnumSet.allOf(Field.class), " ", "x".repeat(5_001), null, Instant.MAX, 0,
						new SaleTerms(Instant.MIN, Instant.MAX, 9, 59)));

		assertThat(refusal.violations()).extracting(Violation::field)
			.containsExactly("title", "description", "startsAt", "endsAt", "capacity", "salesOpenAt", "salesCloseAt",
					"holdSeconds", "offerSeconds");
	}

	@Test
	void ignoresTheValuesOfOtherFields() {
		EventChange change = new EventChange(Set.of(), " ", "x".repeat(5_001), null, Instant.MAX, 0,
				new SaleTerms(Instant.MAX, Instant.MIN, 9));

		assertThat(change.changes(Field.TITLE)).isFalse();
		assertThat(change.sale()).isEqualTo(SaleTerms.DEFAULT);
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

	private static EventChange change(Set<Field> fields, SaleTerms sale) {
		return new EventChange(fields, null, null, null, null, 0, sale);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1_000_000, 0, 999_999 })
	void refusesASaleThatClosesBeforeOrWhenItOpens(long nanos) {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> change(Set.of(Field.SALES_OPEN_AT, Field.SALES_CLOSE_AT),
						new SaleTerms(START, START.plusNanos(nanos), null)));

		assertThat(refusal.violations()).containsExactly(new Violation("salesCloseAt", "must be after salesOpenAt"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 59, 604_801, -1 })
	void refusesALengthOfOffersOutOfBounds(int seconds) {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> change(Set.of(Field.OFFER_SECONDS), new SaleTerms(null, null, null, seconds)));

		assertThat(refusal.violations()).extracting(Violation::field).containsExactly("offerSeconds");
	}

	@Test
	void acceptsASaleOfAMillisecond() {
		SaleTerms sale = new SaleTerms(START, START.plusMillis(1), null);

		assertThat(change(Set.of(Field.SALES_OPEN_AT, Field.SALES_CLOSE_AT), sale).sale()).isEqualTo(sale);
	}

	@ParameterizedTest
	@ValueSource(ints = { 9, 86_401, -1 })
	void refusesALengthOfHoldsOutOfBounds(int seconds) {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> change(Set.of(Field.HOLD_SECONDS), new SaleTerms(null, null, seconds)));

		assertThat(refusal.violations()).extracting(Violation::field).containsExactly("holdSeconds");
	}

	@Test
	void changesTheSaleWindowOfTheEvent() {
		Event gala = new Event(new EventId("1"), "Gala", null, START, null, 3, new SaleTerms(START, null, null), 2, 0,
				0, 7, Instant.EPOCH);
		Instant closesAt = START.plusNanos(1_999_999);

		EventChange closing = change(Set.of(Field.SALES_CLOSE_AT), new SaleTerms(null, closesAt, null));
		EventChange opening = change(Set.of(Field.SALES_OPEN_AT), SaleTerms.DEFAULT);

		assertThat(closing.openingOf(gala)).isEqualTo(START);
		assertThat(closing.closingOf(gala)).isEqualTo(START.plusMillis(1));
		assertThat(opening.openingOf(gala)).isNull();
		assertThat(opening.closingOf(gala)).isNull();
	}

}
