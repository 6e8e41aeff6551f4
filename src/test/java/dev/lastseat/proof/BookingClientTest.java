package dev.lastseat.proof;

import java.net.InetSocketAddress;
import java.util.Set;

import dev.lastseat.TcpProxy;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BookingClientTest {

	private static final UserId ADA = new UserId("ada");

	@ParameterizedTest
	@CsvSource({ "201, {}, BOOKED", "200, {}, ALREADY_REGISTERED",
			"409, {\"code\": \"already-registered\"}, ALREADY_REGISTERED", "409, {\"code\": \"sold-out\"}, SOLD_OUT",
			"409, {\"code\": \"sales-not-open\"}, NOT_OPEN" })
	void readsAnOutcome(int status, String body, BookingOutcome outcome) {
		assertThat(BookingClient.outcome(ServiceAnswer.of(status, body))).isEqualTo(outcome);
	}

	@Test
	void readsThatNothingWasChanged() {
		assertThatExceptionOfType(StorageException.Unavailable.class)
			.isThrownBy(() -> BookingClient.outcome(ServiceAnswer.of(503,
					"{\"code\": \"storage-unavailable\", \"detail\": \"the storage cannot be reached; nothing was changed\"}")));
	}

	@Test
	void readsThatTheOutcomeIsUnknown() {
		assertThatExceptionOfType(StorageException.OutcomeUnknown.class).isThrownBy(() -> BookingClient
			.outcome(ServiceAnswer.of(503, "{\"code\": \"outcome-unknown\", \"detail\": \"the outcome is unknown\"}")));
	}

	@ParameterizedTest
	@CsvSource({ "404, {\"code\": \"event-not-found\"}", "500, {\"code\": \"internal-error\"}", "503, {}", "204, {}" })
	void rejectsAnyOtherAnswerToABooking(int status, String body) {
		assertThatExceptionOfType(ServiceAnswer.Unexpected.class)
			.isThrownBy(() -> BookingClient.outcome(ServiceAnswer.of(status, body)));
	}

	@Test
	void readsThatAUserIsRegistered() {
		assertThat(BookingClient.registrationOutcome(ServiceAnswer.of(200, "{}")))
			.isEqualTo(BookingOutcome.ALREADY_REGISTERED);
	}

	@Test
	void readsThatAUserIsNotRegistered() {
		assertThatExceptionOfType(StorageException.Unavailable.class)
			.isThrownBy(() -> BookingClient
				.registrationOutcome(ServiceAnswer.of(404, "{\"code\": \"registration-not-found\"}")))
			.withCauseInstanceOf(BookingClient.NotRegistered.class);
	}

	@Test
	void reportsAFailedReadAsUnavailable() {
		assertThatExceptionOfType(StorageException.Unavailable.class).isThrownBy(
				() -> BookingClient.registrationOutcome(ServiceAnswer.of(503, "{\"code\": \"storage-unavailable\"}")))
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@ParameterizedTest
	@CsvSource({ "404, {\"code\": \"event-not-found\"}", "500, {\"code\": \"internal-error\"}", "201, {}" })
	void rejectsAnyOtherAnswerToARead(int status, String body) {
		assertThatExceptionOfType(ServiceAnswer.Unexpected.class)
			.isThrownBy(() -> BookingClient.registrationOutcome(ServiceAnswer.of(status, body)));
	}

	@Test
	void reportsARefusedConnectionAsUnavailable() {
		new BookingClient(new ServiceClient()).post("http://127.0.0.1:1", ADA)
			.as(StepVerifier::create)
			.verifyError(StorageException.Unavailable.class);
	}

	@Test
	void reportsALostAnswerAsUnknownOutcome() {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.status(201).sendString(Mono.just("{}")))
			.bindNow();
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress("127.0.0.1", server.port()))) {
			proxy.drop(Set.of(TcpProxy.Direction.TO_CLIENT));

			new BookingClient(new ServiceClient()).put("http://127.0.0.1:" + proxy.port(), ADA)
				.as(StepVerifier::create)
				.verifyError(StorageException.OutcomeUnknown.class);
		}
		finally {
			server.disposeNow();
		}
	}

}
