package dev.lastseat.booking;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.AbstractBooleanAssert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UserIdPropertyTest {

	private static final String LEGAL = IntStream.rangeClosed('!', '~')
		.mapToObj(Character::toString)
		.collect(Collectors.joining());

	@Property
	void acceptsEveryIdOfLegalCharacters(@ForAll("legalIds") String id) {
		assertThat(new UserId(id).value()).isEqualTo(id);
	}

	@Property
	void refusesEveryIdWithOneIllegalCharacter(@ForAll("legalIds") String id, @ForAll char other,
			@ForAll @IntRange(max = 254) int position) {
		Assume.that(LEGAL.indexOf(other) < 0);
		StringBuilder illegal = new StringBuilder(id);
		illegal.setCharAt(position % id.length(), other);

		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new UserId(illegal.toString()));
	}

	@Property
	void acceptsWhatThePatternMatches(@ForAll("anyIds") String id) {
		AbstractBooleanAssert<?> legal = assertThat(id.matches(UserId.PATTERN));
		try {
			new UserId(id);
			legal.isTrue();
		}
		catch (InvalidInputException ex) {
			legal.isFalse();
		}
	}

	@Provide
	Arbitrary<String> anyIds() {
		return Arbitraries.oneOf(Arbitraries.strings().withChars(".a\u007f\n").ofMaxLength(3),
				Arbitraries.strings().withChars(LEGAL.toCharArray()).ofMinLength(250).ofMaxLength(260));
	}

	@Provide
	Arbitrary<String> legalIds() {
		return Arbitraries.strings()
			.withChars(LEGAL.toCharArray())
			.ofMinLength(1)
			.ofMaxLength(255)
			.filter((id) -> !id.matches("\\.{1,2}"));
	}

}
