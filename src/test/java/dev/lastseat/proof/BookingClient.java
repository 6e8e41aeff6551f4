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
 * Books over HTTP, and tells what the answer says: an outcome, that nothing was changed,
 * or nothing. Each request is sent once.
 */
final class BookingClient {

	/** What a buyer waits for an answer; shorter than some faults. */
	private static final Duration DEADLINE = Duration.ofSeconds(3);

	/** More than are in flight when nobody gets an answer until their deadline. */
	private static final int CONNECTIONS = 2_000;

	private static final JsonMapper JSON = new JsonMapper();

	private final WebClient client = WebClient.builder()
		.clientConnector(new ReactorClientHttpConnector(
				// A request that is sent again unseen would be two operations taken down
				// as one.
				HttpClient.create(ConnectionProvider.create("buyers", CONNECTIONS)).disableRetry(true)))
		.build();

	/**
	 * @param event address of the event
	 */
	Mono<BookingOutcome> post(String event, UserId user) {
		return ask(HttpMethod.POST, event + "/registrations", "{\"userId\": \"" + user + "\"}");
	}

	/**
	 * @param event address of the event
	 */
	Mono<BookingOutcome> put(String event, UserId user) {
		return ask(HttpMethod.PUT, event + "/registrations/" + user, "");
	}

	/**
	 * Looks whether the user holds a seat.
	 * @param event address of the event
	 * @return {@code ALREADY_REGISTERED}; an error when the user does not, with
	 * {@link NotRegistered} as its cause, or when that is not told
	 */
	Mono<BookingOutcome> look(String event, UserId user) {
		return ask(HttpMethod.GET, event + "/registrations/" + user, "", BookingClient::seen)
			.onErrorMap(StorageException.OutcomeUnknown.class, StorageException.Unavailable::new);
	}

	private Mono<BookingOutcome> ask(HttpMethod method, String address, String body) {
		return ask(method, address, body, BookingClient::outcome);
	}

	private Mono<BookingOutcome> ask(HttpMethod method, String address, String body,
			BiFunction<Integer, String, BookingOutcome> reader) {
		return this.client.method(method)
			.uri(address)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchangeToMono((response) -> response.bodyToMono(String.class)
				.defaultIfEmpty("")
				.map((answer) -> reader.apply(response.statusCode().value(), answer)))
			.timeout(DEADLINE)
			.onErrorMap(BookingClient::isNoAnswer, BookingClient::fault);
	}

	private static boolean isNoAnswer(Throwable fault) {
		return !(fault instanceof StorageException) && !(fault instanceof UnexpectedAnswer);
	}

	/** Where nobody listens, nobody has heard. */
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
			// Behind a slow connection a request can wait longer than it may.
			case "503 storage-unavailable", "503 overloaded" ->
				throw new StorageException.Unavailable(new IllegalStateException(code));
			default -> throw new UnexpectedAnswer(code);
		};
	}

	/** A look that fails has changed nothing, however it fails. */
	static BookingOutcome seen(int status, String body) {
		String code = status + " " + JSON.readTree(body).path("code").asString("");
		return switch (code) {
			case "200 " -> BookingOutcome.ALREADY_REGISTERED;
			case "404 registration-not-found" -> throw new StorageException.Unavailable(new NotRegistered());
			case "503 outcome-unknown", "503 storage-unavailable", "503 overloaded" ->
				throw new StorageException.Unavailable(new IllegalStateException(code));
			default -> throw new UnexpectedAnswer(code);
		};
	}

	/**
	 * The answer to a look at a user who holds no seat.
	 */
	static final class NotRegistered extends RuntimeException {

	}

	/**
	 * An answer that a booking of an event that exists never gets, whatever breaks.
	 */
	static final class UnexpectedAnswer extends RuntimeException {

		UnexpectedAnswer(String answer) {
			super(answer);
		}

	}

}
