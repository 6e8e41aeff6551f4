package dev.lastseat.proof;

import java.net.ConnectException;
import java.time.Duration;
import java.util.function.BiFunction;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Books over HTTP and translates each answer: an outcome, {@code Unavailable} when
 * nothing was changed, or {@code OutcomeUnknown}. Sends each request once.
 */
final class BookingClient {

	/** Shorter than some faults, so that some buyers get no answer. */
	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

	/** More than the requests in flight when all of them wait until their timeout. */
	private static final int CONNECTIONS = 2_000;

	private static final JsonMapper JSON = new JsonMapper();

	private final WebClient client = WebClient.builder()
		.clientConnector(new ReactorClientHttpConnector(
				// A hidden retry would be two operations that are recorded as one.
				HttpClient.create(ConnectionProvider.create("buyers", CONNECTIONS)).disableRetry(true)))
		.build();

	/**
	 * @param event URL of the event
	 */
	Mono<BookingOutcome> post(String event, UserId user) {
		return send(HttpMethod.POST, event + "/registrations", "{\"userId\": \"" + user + "\"}");
	}

	/**
	 * @param event URL of the event
	 */
	Mono<BookingOutcome> put(String event, UserId user) {
		return send(HttpMethod.PUT, event + "/registrations/" + user, "");
	}

	/**
	 * Reads the registration of the user.
	 * @param event URL of the event
	 * @return {@code ALREADY_REGISTERED} when it exists; otherwise an error, whose cause
	 * is {@link NotRegistered} when the answer says that it does not exist
	 */
	Mono<BookingOutcome> readRegistration(String event, UserId user) {
		return send(HttpMethod.GET, event + "/registrations/" + user, "", BookingClient::registrationOutcome)
			.onErrorMap(StorageException.OutcomeUnknown.class, StorageException.Unavailable::new);
	}

	private Mono<BookingOutcome> send(HttpMethod method, String address, String body) {
		return send(method, address, body, BookingClient::outcome);
	}

	private Mono<BookingOutcome> send(HttpMethod method, String address, String body,
			BiFunction<Integer, String, BookingOutcome> reader) {
		return this.client.method(method)
			.uri(address)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchangeToMono((response) -> response.bodyToMono(String.class)
				.defaultIfEmpty("")
				.map((answer) -> reader.apply(response.statusCode().value(), answer)))
			.timeout(REQUEST_TIMEOUT)
			.onErrorMap(BookingClient::isNoAnswer, BookingClient::fault);
	}

	private static boolean isNoAnswer(Throwable fault) {
		return !(fault instanceof StorageException) && !(fault instanceof UnexpectedAnswer);
	}

	/** A refused connection carried no request, so nothing was changed. */
	private static StorageException fault(Throwable noAnswer) {
		return (noAnswer.getCause() instanceof ConnectException) ? new StorageException.Unavailable(noAnswer)
				: new StorageException.OutcomeUnknown(noAnswer);
	}

	static BookingOutcome outcome(int status, String body) {
		JsonNode answer = JSON.readTree(body);
		String code = status + " " + answer.path("code").asString("");
		return switch (code) {
			case "201 " -> BookingOutcome.BOOKED;
			case "200 ", "409 already-registered" -> BookingOutcome.ALREADY_REGISTERED;
			case "409 sold-out" -> BookingOutcome.SOLD_OUT;
			case "503 outcome-unknown" -> throw new StorageException.OutcomeUnknown(new IllegalStateException(code));
			// A slow connection can make requests wait in the queue until they are
			// rejected.
			case "503 storage-unavailable", "503 overloaded" ->
				throw new StorageException.Unavailable(new IllegalStateException(code));
			default -> throw new UnexpectedAnswer(code);
		};
	}

	/** A read changes nothing, so every failure of it is {@code Unavailable}. */
	static BookingOutcome registrationOutcome(int status, String body) {
		String code = status + " " + JSON.readTree(body).path("code").asString("");
		return switch (code) {
			case "200 " -> BookingOutcome.ALREADY_REGISTERED;
			case "404 registration-not-found" -> throw new StorageException.Unavailable(new NotRegistered());
			case "503 outcome-unknown", "503 storage-unavailable", "503 overloaded" ->
				throw new StorageException.Unavailable(new IllegalStateException(code));
			default -> throw new UnexpectedAnswer(code);
		};
	}

	/** The user has no registration. */
	static final class NotRegistered extends RuntimeException {

	}

	/**
	 * An answer that the service must never give for an existing event, with any fault.
	 */
	static final class UnexpectedAnswer extends RuntimeException {

		UnexpectedAnswer(String answer) {
			super(answer);
		}

	}

}
