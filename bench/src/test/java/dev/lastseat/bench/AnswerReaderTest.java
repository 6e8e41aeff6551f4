package dev.lastseat.bench;

import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.history.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AnswerReaderTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "201 | '' | BOOKED", "409 | {\"code\":\"sold-out\"} | SOLD_OUT",
			"409 | {\"code\":\"already-registered\"} | ALREADY_REGISTERED" })
	void mapsResponsesToOutcomes(int status, String body, BookingOutcome outcome) {
		assertThat(AnswerReader.outcome(new Reply(status, body))).isEqualTo(outcome);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"detail\":\"anything\",\"code\":\"overloaded\"}",
			"{\"detail\":\"cannot be reached; nothing was changed\",\"code\":\"storage-unavailable\"}" })
	void reportsAFaultThatChangedNothingAsUnavailable(String body) {
		assertThatExceptionOfType(StorageException.Unavailable.class)
			.isThrownBy(() -> AnswerReader.outcome(new Reply(503, body)));
	}

	@ParameterizedTest
	@EnumSource(names = { "RELEASED", "NOT_REGISTERED" })
	void mapsTheSuccessOfACancellationToTheExpectedOutcome(ReleaseOutcome expected) {
		assertThat(AnswerReader.released(new Reply(204, ""), expected)).isEqualTo(expected);
	}

	@Test
	void reportsARejectedCancellationAsUnavailable() {
		assertThatExceptionOfType(StorageException.Unavailable.class).isThrownBy(
				() -> AnswerReader.released(new Reply(503, "{\"code\":\"overloaded\"}"), ReleaseOutcome.RELEASED));
	}

	@ParameterizedTest
	@CsvSource({ "200", "201", "404", "500" })
	void rejectsUnexpectedResponsesToACancellation(int status) {
		assertThatIllegalStateException()
			.isThrownBy(() -> AnswerReader.released(new Reply(status, "?"), ReleaseOutcome.RELEASED))
			.withMessage("unexpected response: " + status + " ?");
	}

	@Test
	void reportsAnUnknownOutcome() {
		assertThatExceptionOfType(StorageException.OutcomeUnknown.class).isThrownBy(
				() -> AnswerReader.outcome(new Reply(503, "{\"detail\":\"unknown\",\"code\":\"outcome-unknown\"}")));
	}

	@ParameterizedTest
	@CsvSource({ "200", "404", "409", "500" })
	void rejectsUnexpectedResponsesToABooking(int status) {
		assertThatIllegalStateException().isThrownBy(() -> AnswerReader.outcome(new Reply(status, "?")))
			.withMessage("unexpected response: " + status + " ?");
	}

	@Test
	void tellsRefusalsOfAnEventApart() {
		AnswerReader answers = new AnswerReader();

		assertThat(answers.booking(201, body("{}"))).isEqualTo(Answer.BOOKED);
		assertThat(answers.booking(409, body("{\"n\":\"1\",\"code\":\"sold-out\"}"))).isEqualTo(Answer.SOLD_OUT);
		assertThat(answers.booking(409, body("{\"n\":\"2\",\"code\":\"sold-out\"}"))).isEqualTo(Answer.SOLD_OUT);
		assertThat(answers.booking(409, body("{\"n\":\"333\",\"code\":\"sold-out\"}"))).isEqualTo(Answer.SOLD_OUT);
		assertThat(answers.booking(409, body("{\"n\":\"333\",\"code\":\"already-registered\"}")))
			.isEqualTo(Answer.ALREADY_REGISTERED);
		assertThat(answers.booking(409, body("{\"n\":\"1\",\"code\":\"sold-out\"}"))).isEqualTo(Answer.SOLD_OUT);
	}

	@ParameterizedTest
	@CsvSource({ "overloaded, NOTHING_CHANGED", "storage-unavailable, NOTHING_CHANGED", "outcome-unknown, UNKNOWN" })
	void readsWhetherAFaultChangedSomething(String code, Answer answer) {
		assertThat(new AnswerReader().booking(503, body("{\"code\":\"" + code + "\"}"))).isEqualTo(answer);
	}

	@Test
	void rejectsAnUnknownRefusal() {
		AnswerReader answers = new AnswerReader();
		answers.booking(409, body("{\"code\":\"sold-out\"}"));

		assertThatIllegalStateException().isThrownBy(() -> answers.booking(409, body("{\"code\":\"sales-closed\"}")));
	}

	private static ByteBuf body(String text) {
		return Unpooled.copiedBuffer("head " + text, StandardCharsets.UTF_8).skipBytes(5).slice();
	}

}
