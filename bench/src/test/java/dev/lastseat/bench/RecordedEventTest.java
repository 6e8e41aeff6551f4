package dev.lastseat.bench;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RecordedEventTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "201 | '' | BOOKED", "409 | {\"code\":\"sold-out\"} | SOLD_OUT",
			"409 | {\"code\":\"already-registered\"} | ALREADY_REGISTERED" })
	void mapsResponsesToOutcomes(int status, String body, BookingOutcome outcome) {
		assertThat(RecordedEvent.outcome(new Reply(status, body))).isEqualTo(outcome);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"detail\":\"anything\",\"code\":\"overloaded\"}",
			"{\"detail\":\"cannot be reached; nothing was changed\",\"code\":\"storage-unavailable\"}" })
	void reportsAFaultThatChangedNothingAsUnavailable(String body) {
		assertThatExceptionOfType(StorageException.Unavailable.class)
			.isThrownBy(() -> RecordedEvent.outcome(new Reply(503, body)));
	}

	@ParameterizedTest
	@EnumSource(names = { "RELEASED", "NOT_REGISTERED" })
	void mapsTheSuccessOfACancellationToTheExpectedOutcome(ReleaseOutcome expected) {
		assertThat(RecordedEvent.released(new Reply(204, ""), expected)).isEqualTo(expected);
	}

	@Test
	void reportsARejectedCancellationAsUnavailable() {
		assertThatExceptionOfType(StorageException.Unavailable.class).isThrownBy(
				() -> RecordedEvent.released(new Reply(503, "{\"code\":\"overloaded\"}"), ReleaseOutcome.RELEASED));
	}

	@ParameterizedTest
	@CsvSource({ "200", "201", "404", "500" })
	void rejectsUnexpectedResponsesToACancellation(int status) {
		assertThatIllegalStateException()
			.isThrownBy(() -> RecordedEvent.released(new Reply(status, "?"), ReleaseOutcome.RELEASED))
			.withMessage("unexpected response: " + status + " ?");
	}

	@Test
	void reportsAnUnknownOutcome() {
		assertThatExceptionOfType(StorageException.OutcomeUnknown.class).isThrownBy(
				() -> RecordedEvent.outcome(new Reply(503, "{\"detail\":\"unknown\",\"code\":\"outcome-unknown\"}")));
	}

	@ParameterizedTest
	@CsvSource({ "200", "404", "409", "500" })
	void rejectsUnexpectedResponsesToABooking(int status) {
		assertThatIllegalStateException().isThrownBy(() -> RecordedEvent.outcome(new Reply(status, "?")))
			.withMessage("unexpected response: " + status + " ?");
	}

}
