package dev.lastseat.booking;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The values of an event that is not stored yet. The constructor validates them.
 *
 * @param title 1 to {@value #MAX_TITLE} characters in one line, at least one of them
 * visible
 * @param description up to {@value #MAX_DESCRIPTION} characters; line breaks and tabs are
 * the only control characters allowed
 * @param startsAt in the years 0 to 9999; truncated to milliseconds, as it is stored
 * @param endsAt not before {@code startsAt}, compared before truncation; truncated to
 * milliseconds
 * @param capacity seats, 1 to {@value #MAX_CAPACITY}
 * @param sale its instants are in the years 0 to 9999 and truncated to milliseconds; the
 * sale closes after it opens, compared after truncation
 */
public record EventDraft(String title, @Nullable String description, Instant startsAt, @Nullable Instant endsAt,
		int capacity, SaleTerms sale) {

	/** Maximum length of a title, in Unicode code points. */
	public static final int MAX_TITLE = 200;

	/** Maximum length of a description, in Unicode code points. */
	public static final int MAX_DESCRIPTION = 5_000;

	/**
	 * Part of a character class: control characters, line separators and surrogates. All
	 * patterns of this class are valid in Java and in JSON Schema.
	 */
	private static final String CONTROL = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff";

	/**
	 * Part of a character class: invisible characters, such as spaces, fillers and format
	 * characters. Unicode lists them in the general categories Z and Cf, and with the
	 * property Default_Ignorable_Code_Point.
	 */
	private static final String INVISIBLE = " \\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f"
			+ "\\u2000-\\u200f\\u202a-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb"
			+ "\ud82f\udca0-\ud82f\udca3\ud834\udd73-\ud834\udd7a\udb40\udc00-\udb43\udfff";

	/** Text without line breaks or other control characters. */
	static final String ONE_LINE = "[^" + CONTROL + "]*";

	/** A title: one line with at least one visible character. */
	public static final String TITLE_PATTERN = ONE_LINE + "[^" + CONTROL + INVISIBLE + "]" + ONE_LINE;

	/** A description: text with any number of lines. */
	public static final String DESCRIPTION_PATTERN = "[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ud800-\\udfff]*";

	/** Maximum number of seats of an event. */
	public static final int MAX_CAPACITY = 10_000_000;

	/**
	 * Accepts null for required values, so that one exception reports all violations at
	 * once.
	 * @throws InvalidInputException when a value is missing or out of bounds
	 */
	public EventDraft {
		EventRules rules = new EventRules();
		rules.title(title);
		rules.description(description);
		rules.order(startsAt, endsAt);
		startsAt = rules.instant("startsAt", startsAt);
		endsAt = rules.optionalInstant("endsAt", endsAt);
		rules.capacity(capacity);
		sale = new SaleTerms(rules.optionalInstant("salesOpenAt", sale.opensAt()),
				rules.optionalInstant("salesCloseAt", sale.closesAt()), sale.holdSeconds(), sale.offerSeconds());
		rules.window(sale.opensAt(), sale.closesAt());
		rules.holdSeconds(sale.holdSeconds());
		rules.offerSeconds(sale.offerSeconds());
		rules.throwIfViolated();
	}

	/**
	 * A draft without a sale window, with holds of the default length.
	 * @throws InvalidInputException when a value is missing or out of bounds
	 */
	public EventDraft(String title, @Nullable String description, Instant startsAt, @Nullable Instant endsAt,
			int capacity) {
		this(title, description, startsAt, endsAt, capacity, SaleTerms.DEFAULT);
	}

	/**
	 * @return true when the event has the values of this draft
	 */
	public boolean matches(Event event) {
		return this.title.equals(event.title()) && Objects.equals(this.description, event.description())
				&& this.startsAt.equals(event.startsAt()) && Objects.equals(this.endsAt, event.endsAt())
				&& this.capacity == event.capacity() && this.sale.equals(event.sale());
	}

}
