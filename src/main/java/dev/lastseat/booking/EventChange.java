package dev.lastseat.booking;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A change of some fields of an event. The constructor validates the changed values. The
 * repository validates them against the event when it applies the change.
 *
 * @param fields the fields that change; the values of other fields are ignored
 * @param description null removes it
 * @param endsAt null removes it; kept to the millisecond, like {@code startsAt}
 * @param sale a null value removes the value of the event
 */
public record EventChange(Set<Field> fields, @Nullable String title, @Nullable String description,
		@Nullable Instant startsAt, @Nullable Instant endsAt, int capacity, SaleTerms sale) {

	/**
	 * @throws InvalidInputException when a changed value is out of bounds, or a required
	 * value is missing
	 */
	public EventChange {
		fields = fields.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(fields));
		EventRules rules = new EventRules();
		if (fields.contains(Field.TITLE)) {
			rules.title(title);
		}
		if (fields.contains(Field.DESCRIPTION)) {
			rules.description(description);
		}
		if (fields.containsAll(EnumSet.of(Field.STARTS_AT, Field.ENDS_AT))) {
			rules.order(startsAt, endsAt);
		}
		if (fields.contains(Field.STARTS_AT)) {
			startsAt = rules.instant("startsAt", startsAt);
		}
		if (fields.contains(Field.ENDS_AT)) {
			endsAt = rules.optionalInstant("endsAt", endsAt);
		}
		if (fields.contains(Field.CAPACITY)) {
			rules.capacity(capacity);
		}
		sale = checked(fields, sale, rules);
		rules.throwIfViolated();
	}

	/**
	 * Validates the values that change.
	 * @return the terms without the values that do not change
	 */
	private static SaleTerms checked(Set<Field> fields, SaleTerms sale, EventRules rules) {
		SaleTerms changed = new SaleTerms(
				fields.contains(Field.SALES_OPEN_AT) ? rules.optionalInstant("salesOpenAt", sale.opensAt()) : null,
				fields.contains(Field.SALES_CLOSE_AT) ? rules.optionalInstant("salesCloseAt", sale.closesAt()) : null,
				fields.contains(Field.HOLD_SECONDS) ? sale.holdSeconds() : null,
				fields.contains(Field.OFFER_SECONDS) ? sale.offerSeconds() : null);
		rules.window(changed.opensAt(), changed.closesAt());
		rules.holdSeconds(changed.holdSeconds());
		rules.offerSeconds(changed.offerSeconds());
		return changed;
	}

	/**
	 * @throws InvalidInputException when the capacity is out of bounds
	 */
	public static EventChange ofCapacity(int capacity) {
		return new EventChange(Set.of(Field.CAPACITY), null, null, null, null, capacity, SaleTerms.DEFAULT);
	}

	public boolean changes(Field field) {
		return this.fields.contains(field);
	}

	/**
	 * @return the start of the event after this change
	 */
	public Instant startOf(Event event) {
		return (changes(Field.STARTS_AT) && this.startsAt != null) ? this.startsAt : event.startsAt();
	}

	/**
	 * @return the end of the event after this change
	 */
	public @Nullable Instant endOf(Event event) {
		return changes(Field.ENDS_AT) ? this.endsAt : event.endsAt();
	}

	/**
	 * @return the beginning of the sale after this change
	 */
	public @Nullable Instant openingOf(Event event) {
		return changes(Field.SALES_OPEN_AT) ? this.sale.opensAt() : event.sale().opensAt();
	}

	/**
	 * @return the end of the sale after this change
	 */
	public @Nullable Instant closingOf(Event event) {
		return changes(Field.SALES_CLOSE_AT) ? this.sale.closesAt() : event.sale().closesAt();
	}

	/** The fields that can change. */
	public enum Field {

		TITLE, DESCRIPTION, STARTS_AT, ENDS_AT, CAPACITY, SALES_OPEN_AT, SALES_CLOSE_AT, HOLD_SECONDS, OFFER_SECONDS

	}

}
