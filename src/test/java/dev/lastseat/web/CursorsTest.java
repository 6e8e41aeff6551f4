package dev.lastseat.web;

import java.time.Instant;
import java.util.List;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CursorsTest {

	private static final String LIST = "/api/v1/events";

	private static final EventQuery.Cursor POSITION = new EventQuery.Cursor(Instant.parse("0001-01-01T00:00:00.001Z"),
			new EventId("65f000000000000000000001"));

	private static final String CURSOR = Cursors.write(LIST, POSITION);

	@Test
	void decodesACursorOfEvents() {
		assertThat(Cursors.readEventCursor(LIST, CURSOR)).isEqualTo(POSITION);
	}

	@Test
	void decodesACursorOfRegistrations() {
		RegistrationCursor position = new RegistrationCursor(10_000_000, new UserId("A-Z.a_z:0@9"));

		assertThat(Cursors.readRegistrationCursor(LIST, Cursors.write(LIST, position))).isEqualTo(position);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-06-01T12:10:00.001Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z" })
	void decodesACursorOfHolds(Instant until) {
		HoldQuery.Cursor position = new HoldQuery.Cursor(until, new UserId("a,b|c"));

		assertThat(Cursors.readHoldCursor(LIST, Cursors.write(LIST, position))).isEqualTo(position);
	}

	@Test
	void rejectsACursorOfHoldsWithAnInvalidUser() {
		String ofEvents = Cursors.write(LIST, new EventQuery.Cursor(Instant.EPOCH, new EventId("a b")));

		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursors.readHoldCursor(LIST, ofEvents))
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CURSOR));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, Integer.MAX_VALUE })
	void decodesACursorOfAWaitingList(int before) {
		assertThat(Cursors.readWaitingListCursor(LIST, Cursors.writeWaitingListCursor(LIST, before))).isEqualTo(before);
	}

	/** Each cursor has a valid checksum. */
	@Test
	void rejectsACursorThatIsNoPlaceInAWaitingList() {
		HoldQuery.Cursor beyond = new HoldQuery.Cursor(Instant.ofEpochMilli(1L << 31), new UserId("waiting"));
		HoldQuery.Cursor ofHolds = new HoldQuery.Cursor(Instant.ofEpochMilli(7), new UserId("ada"));

		for (String cursor : List.of(Cursors.write(LIST, beyond), Cursors.write(LIST, ofHolds),
				Cursors.writeWaitingListCursor(LIST, 0), Cursors.writeWaitingListCursor("/another", 7))) {
			assertThatExceptionOfType(ProblemException.class)
				.isThrownBy(() -> Cursors.readWaitingListCursor(LIST, cursor))
				.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CURSOR));
		}
	}

	@Test
	void needsNoEncodingInAQuery() {
		assertThat(CURSOR).matches("[A-Za-z0-9_-]+");
	}

	static Stream<String> damaged() {
		return IntStream.range(0, CURSOR.length())
			.mapToObj((index) -> CURSOR.substring(0, index) + ((CURSOR.charAt(index) == 'A') ? 'B' : 'A')
					+ CURSOR.substring(index + 1))
			// The last character has bits that are not used.
			.filter((cursor) -> !Arrays.equals(Base64.getUrlDecoder().decode(cursor),
					Base64.getUrlDecoder().decode(CURSOR)));
	}

	@ParameterizedTest
	@MethodSource("damaged")
	@ValueSource(strings = { "", " ", "x", "&", "ZZZZ", "MCwwLHg" })
	void rejectsADamagedCursor(String cursor) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursors.readEventCursor(LIST, cursor))
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CURSOR));
	}

	@Test
	void rejectsACursorOfAnotherList() {
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> Cursors.readEventCursor("/api/v1/users/ada/registrations", CURSOR))
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CURSOR));
	}

	@Test
	void rejectsACursorOfAnotherKind() {
		String ofRegistrations = Cursors.write(LIST, new RegistrationCursor(1, new UserId("ada")));
		String ofEvents = Cursors.write(LIST, POSITION);

		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> Cursors.readEventCursor(LIST, ofRegistrations));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> Cursors.readRegistrationCursor(LIST, ofEvents));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/events", "/api/v1/users/ada/registrations",
			"/api/v1/events/65f000000000000000000001/registrations", "/api/v1/events/65f000000000000000000001/holds",
			"/api/v1/events/65f000000000000000000001/waiting-list", "/api/v1/events/65f000000000000000000001/journal" })
	void isRejectedWithItsOwnCode(String list) {
		StubEvents events = new StubEvents();
		WebTestClient client = WebSlice.client(events);

		WebSlice.expectProblem(client.get().uri(list + "?after=x").exchange(), 400, "invalid-cursor");
		assertThat(events.calls).isEmpty();
	}

}
