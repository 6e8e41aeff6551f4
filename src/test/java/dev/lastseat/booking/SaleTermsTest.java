package dev.lastseat.booking;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SaleTermsTest {

	private static final Instant OPENING = Instant.parse("2027-01-01T10:00:00Z");

	private static final Instant CLOSING = Instant.parse("2027-01-01T11:00:00Z");

	private final SaleTerms sale = new SaleTerms(OPENING, CLOSING, null);

	@Test
	void opensAtTheMillisecondOfItsOpening() {
		assertThat(this.sale.opensAfter(OPENING.minusMillis(1))).isTrue();
		assertThat(this.sale.opensAfter(OPENING)).isFalse();
	}

	@Test
	void closesAtTheMillisecondOfItsClosing() {
		assertThat(this.sale.isClosedAt(CLOSING.minusMillis(1))).isFalse();
		assertThat(this.sale.isClosedAt(CLOSING)).isTrue();
	}

	@Test
	void isAlwaysOpenWithoutAWindow() {
		assertThat(SaleTerms.DEFAULT.opensAfter(Instant.MIN)).isFalse();
		assertThat(SaleTerms.DEFAULT.isClosedAt(Instant.MAX)).isFalse();
	}

	@Test
	void aHoldLastsTenMinutesUnlessTheEventNamesAnotherTime() {
		assertThat(this.sale.endOfHold(OPENING)).isEqualTo(OPENING.plusSeconds(600));
		assertThat(new SaleTerms(null, null, 10).endOfHold(OPENING)).isEqualTo(OPENING.plusSeconds(10));
	}

	@Test
	void aHoldEndsAtAWholeMillisecond() {
		assertThat(this.sale.endOfHold(OPENING.plusNanos(1_999_999))).isEqualTo(OPENING.plusSeconds(600).plusMillis(1));
	}

}
