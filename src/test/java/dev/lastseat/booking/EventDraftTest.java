package dev.lastseat.booking;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.InvalidInputException.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class EventDraftTest {

	private static final Instant START = Instant.parse("2027-01-01T19:00:00Z");

	/** One code point that takes two UTF-16 code units. */
	private static final String TICKET = "🎟";

	private record Input(@Nullable String title, @Nullable String description, @Nullable Instant startsAt,
			@Nullable Instant endsAt, int capacity) {

		private static final Input VALID = new Input("Gala", null, START, null, 1);

		Input title(@Nullable String title) {
			return new Input(title, this.description, this.startsAt, this.endsAt, this.capacity);
		}

		Input description(String description) {
			return new Input(this.title, description, this.startsAt, this.endsAt, this.capacity);
		}

		Input startsAt(@Nullable Instant startsAt) {
			return new Input(this.title, this.description, startsAt, this.endsAt, this.capacity);
		}

		Input endsAt(Instant endsAt) {
			return new Input(this.title, this.description, this.startsAt, endsAt, this.capacity);
		}

		Input capacity(int capacity) {
			return new Input(this.title, this.description, this.startsAt, this.endsAt, capacity);
		}

		EventDraft draft() {
			return new EventDraft(this.title, this.description, this.startsAt, this.endsAt, this.capacity);
		}

	}

	static Stream<UnaryOperator<Input>> valuesAtTheBounds() {
		return Stream.of((input) -> input.title("x"), (input) -> input.title(TICKET.repeat(200)),
				(input) -> input.description(""), (input) -> input.description(TICKET.repeat(5_000)),
				(input) -> input.endsAt(START), (input) -> input.capacity(1), (input) -> input.capacity(10_000_000),
				(input) -> input.startsAt(Instant.parse("0000-01-01T00:00:00Z")),
				(input) -> input.description("One line\n\tand another\r\n"),
				(input) -> input.startsAt(Instant.parse("9999-12-31T23:59:59.999Z")));
	}

	static Stream<Arguments> valuesOutOfBounds() {
		return Stream.of(refused("title", (input) -> input.title(null)), refused("title", (input) -> input.title("")),
				refused("title", (input) -> input.title(" \t\n")),
				refused("title", (input) -> input.title("x".repeat(201))),
				refused("endsAt", (input) -> input.endsAt(START.minusNanos(500_000))),
				refused("startsAt",
						(input) -> input.startsAt(Instant.parse("9999-12-31T23:59:59.9999Z").plusMillis(1))),
				refused("description", (input) -> input.description("a\0b")),
				refused("description", (input) -> input.description("a\u001bb")),
				refused("description", (input) -> input.description("a\udc00b")),
				refused("title", (input) -> input.title(TICKET.repeat(201))),
				refused("description", (input) -> input.description("x".repeat(5_001))),
				refused("startsAt", (input) -> input.startsAt(null)),
				refused("startsAt", (input) -> input.startsAt(Instant.MAX)),
				refused("startsAt", (input) -> input.startsAt(Instant.MIN)),
				refused("endsAt", (input) -> input.endsAt(START.minusMillis(1))),
				refused("endsAt", (input) -> input.endsAt(Instant.MAX)),
				refused("capacity", (input) -> input.capacity(0)), refused("capacity", (input) -> input.capacity(-1)),
				refused("capacity", (input) -> input.capacity(10_000_001)));
	}

	private static Arguments refused(String field, UnaryOperator<Input> change) {
		return arguments(field, change);
	}

	@ParameterizedTest
	@MethodSource("valuesAtTheBounds")
	void acceptsValuesAtTheBounds(UnaryOperator<Input> change) {
		Input input = change.apply(Input.VALID);

		EventDraft draft = input.draft();

		assertThat(new Input(draft.title(), draft.description(), draft.startsAt(), draft.endsAt(), draft.capacity()))
			.isEqualTo(input);
	}

	@ParameterizedTest
	@MethodSource("valuesOutOfBounds")
	void refusesValuesOutOfBoundsAndNamesTheField(String field, UnaryOperator<Input> change) {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> change.apply(Input.VALID).draft());

		assertThat(refusal.violations()).extracting(Violation::field).containsExactly(field);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u00a0", "\u200b", "\ufeff", "\u3164", "\u2800", "\0", "\u00ad\u2003", "\u2060 \ufe0f",
			"\udb40\udc41", "a\nb", "a\r", "a\tb", "a\u0085b", "a\u2028b", "a\0", "a\u007f", "a\ud800b", "\udc00a",
			"\udf9f\ud83c" })
	void refusesATitleThatIsInvisibleOrHasControlCharacters(String title) {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> Input.VALID.title(title).draft());

		assertThat(refusal.violations()).extracting(Violation::field).containsExactly("title");
	}

	/**
	 * Spaces, separators, control characters and surrogates of the Unicode version of
	 * this Java.
	 */
	@Test
	void refusesEveryTitleOfOneInvisibleCharacter() {
		Set<Integer> invisible = Set.of((int) Character.SPACE_SEPARATOR, (int) Character.LINE_SEPARATOR,
				(int) Character.PARAGRAPH_SEPARATOR, (int) Character.CONTROL, (int) Character.SURROGATE);

		assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
			.filter((character) -> invisible.contains(Character.getType(character)))).isNotEmpty()
			.allSatisfy((character) -> assertThatExceptionOfType(InvalidInputException.class)
				.isThrownBy(() -> Input.VALID.title(Character.toString(character)).draft()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "!", "\u0645\u0631\u062d\u0628\u0627", "\u65e5\u672c", "\u200fa", "e\u0301", "a\u00a0b",
			"\ud83d\udc68\u200d\ud83d\udc69", "\ud83c\udf9f" })
	void acceptsATitleInAnyScript(String title) {
		assertThat(Input.VALID.title(title).draft().title()).isEqualTo(title);
	}

	@Test
	void reportsAllViolationsAtOnce() {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class,
				() -> new EventDraft(null, null, null, null, 0));

		assertThat(refusal.violations()).isEqualTo(List.of(new Violation("title", "must not be blank"),
				new Violation("startsAt", "must be an instant like 2026-12-01T19:00:00Z"),
				new Violation("capacity", "must be a whole number from 1 to 10,000,000")));
	}

	@Test
	void acceptsTheLastInstantOfTheLastYear() {
		EventDraft draft = Input.VALID.startsAt(Instant.parse("9999-12-31T23:59:59.9999Z")).draft();

		assertThat(draft.startsAt()).isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z"));
	}

	@Test
	void truncatesInstantsToMilliseconds() {
		Instant precise = Instant.parse("2027-01-01T19:00:00.123456789Z");

		EventDraft draft = new EventDraft("Gala", null, precise, precise, 1);

		assertThat(draft.startsAt()).isEqualTo(Instant.parse("2027-01-01T19:00:00.123Z"));
		assertThat(draft.endsAt()).isEqualTo(draft.startsAt());
	}

	private static EventDraft draft(SaleTerms sale) {
		return new EventDraft("Gala", null, START, null, 1, sale);
	}

	static Stream<SaleTerms> saleTermsAtTheBounds() {
		return Stream.of(new SaleTerms(null, null, null), new SaleTerms(START, null, null),
				new SaleTerms(null, START, null), new SaleTerms(START, START.plusMillis(1), null),
				new SaleTerms(START.plusSeconds(60), START.plusSeconds(120), null), new SaleTerms(null, null, 10),
				new SaleTerms(null, null, 86_400), new SaleTerms(null, null, null, 60),
				new SaleTerms(null, null, null, 604_800));
	}

	@ParameterizedTest
	@MethodSource("saleTermsAtTheBounds")
	void acceptsSaleTermsAtTheBounds(SaleTerms sale) {
		assertThat(draft(sale).sale()).isEqualTo(sale);
	}

	static Stream<Arguments> saleTermsOutOfBounds() {
		String order = "salesCloseAt must be after salesOpenAt";
		String length = "holdSeconds must be a whole number from 10 to 86,400";
		String offer = "offerSeconds must be a whole number from 60 to 604,800";
		Instant late = Instant.parse("9999-12-31T23:59:59.9999Z").plusMillis(1);
		return Stream.of(arguments(new SaleTerms(START, START.minusMillis(1), null), order),
				arguments(new SaleTerms(START, START, null), order),
				arguments(new SaleTerms(START.plusNanos(1), START.plusNanos(999_999), null), order),
				arguments(new SaleTerms(null, null, 9), length), arguments(new SaleTerms(null, null, 0), length),
				arguments(new SaleTerms(null, null, 86_401), length),
				arguments(new SaleTerms(null, null, Integer.MIN_VALUE), length),
				arguments(new SaleTerms(null, null, null, 59), offer),
				arguments(new SaleTerms(null, null, null, 604_801), offer),
				arguments(new SaleTerms(Instant.MIN, START, null),
						"salesOpenAt must be an instant like 2026-12-01T19:00:00Z"),
				arguments(new SaleTerms(late, null, null), "salesOpenAt must be an instant like 2026-12-01T19:00:00Z"),
				arguments(new SaleTerms(START, Instant.MAX, null),
						"salesCloseAt must be an instant like 2026-12-01T19:00:00Z"));
	}

	@ParameterizedTest
	@MethodSource("saleTermsOutOfBounds")
	void refusesSaleTermsOutOfBoundsAndNamesTheField(SaleTerms sale, String violation) {
		InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class, () -> draft(sale));

		assertThat(refusal.violations()).extracting(Violation::toString).containsExactly(violation);
	}

	@Test
	void truncatesTheSaleWindowToMilliseconds() {
		Instant opensAt = Instant.parse("2027-01-01T19:00:00.123999999Z");

		EventDraft draft = draft(new SaleTerms(opensAt, opensAt.plusNanos(1), 60));

		assertThat(draft.sale()).isEqualTo(new SaleTerms(Instant.parse("2027-01-01T19:00:00.123Z"),
				Instant.parse("2027-01-01T19:00:00.124Z"), 60));
	}

	@Test
	void matchesAnEventWithTheSameSaleTermsOnly() {
		SaleTerms sale = new SaleTerms(START, START.plusSeconds(1), 60);
		Event event = new Event(new EventId("1"), "Gala", null, START, null, 1, sale, 0, 0, 0, 1, START);

		assertThat(draft(sale).matches(event)).isTrue();
		assertThat(draft(new SaleTerms(START, START.plusSeconds(1), 61)).matches(event)).isFalse();
		assertThat(draft(SaleTerms.DEFAULT).matches(event)).isFalse();
	}

}
