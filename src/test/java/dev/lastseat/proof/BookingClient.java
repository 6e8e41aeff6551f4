package dev.lastseat.proof;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Books over HTTP and translates each answer: an outcome, {@code Unavailable} when
 * nothing was changed, or {@code OutcomeUnknown}. Sends each request once.
 */
final class BookingClient {

	private final ServiceClient client;

	BookingClient(ServiceClient client) {
		this.client = client;
	}

	/**
	 * @param event URL of the event
	 */
	Mono<BookingOutcome> post(String event, UserId user) {
		return this.client.send(HttpMethod.POST, event + "/registrations", "{\"userId\": \"" + user + "\"}",
				BookingClient::outcome);
	}

	/**
	 * @param event URL of the event
	 */
	Mono<BookingOutcome> put(String event, UserId user) {
		return this.client.send(HttpMethod.PUT, event + "/registrations/" + user, "", BookingClient::outcome);
	}

	/**
	 * Reads the registration of the user.
	 * @param event URL of the event
	 * @return {@code ALREADY_REGISTERED} when it exists; otherwise an error, whose cause
	 * is {@link NotRegistered} when the answer says that it does not exist
	 */
	Mono<BookingOutcome> readRegistration(String event, UserId user) {
		return this.client
			.send(HttpMethod.GET, event + "/registrations/" + user, "", BookingClient::registrationOutcome)
			.onErrorMap(StorageException.OutcomeUnknown.class, StorageException.Unavailable::new);
	}

	static BookingOutcome outcome(ServiceAnswer answer) {
		return switch (answer.code()) {
			case "201 " -> BookingOutcome.BOOKED;
			case "200 ", "409 already-registered" -> BookingOutcome.ALREADY_REGISTERED;
			case "409 sales-not-open" -> BookingOutcome.NOT_OPEN;
			case "409 sold-out" -> BookingOutcome.SOLD_OUT;
			default -> throw answer.fault();
		};
	}

	/** A read changes nothing, so every failure of it is {@code Unavailable}. */
	static BookingOutcome registrationOutcome(ServiceAnswer answer) {
		return switch (answer.code()) {
			case "200 " -> BookingOutcome.ALREADY_REGISTERED;
			case "404 registration-not-found" -> throw new StorageException.Unavailable(new NotRegistered());
			case "503 outcome-unknown" -> throw new StorageException.Unavailable(answer.fault());
			default -> throw answer.fault();
		};
	}

	/** The user has no registration. */
	static final class NotRegistered extends RuntimeException {

	}

}
