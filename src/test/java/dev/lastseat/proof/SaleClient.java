package dev.lastseat.proof;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Holds seats, confirms and ends holds, cancels, and books and holds for parties, like
 * {@link BookingClient}. Some answers do not tell what the request changed; they are an
 * outcome only when the client knows what the user had.
 */
final class SaleClient {

	/** A hold that ends so soon may count as expired already. */
	static final Duration TOLERANCE = Duration.ofSeconds(1);

	private final ServiceClient client;

	private final Clock clock;

	SaleClient(ServiceClient client, Clock clock) {
		this.client = client;
		this.clock = clock;
	}

	/**
	 * @param event URL of the event
	 */
	Mono<HoldOutcome> hold(String event, UserId user) {
		return this.client.send(HttpMethod.PUT, event + "/holds/" + user, "", (answer) -> switch (answer.code()) {
			case "201 " -> new HoldOutcome(HoldOutcome.Kind.HELD, hold(user, answer.body()));
			case "200 " -> new HoldOutcome(HoldOutcome.Kind.ALREADY_HELD, hold(user, answer.body()));
			default -> HoldOutcome.refused(refusal(answer));
		});
	}

	private static Hold hold(UserId user, JsonNode hold) {
		return new Hold(user, Instant.parse(hold.path("expiresAt").asString()), hold.path("offer").asBoolean());
	}

	private static HoldOutcome.Kind refusal(ServiceAnswer answer) {
		return switch (answer.code()) {
			case "409 already-registered" -> HoldOutcome.Kind.ALREADY_REGISTERED;
			case "409 sales-not-open" -> HoldOutcome.Kind.NOT_OPEN;
			case "409 sold-out" -> HoldOutcome.Kind.SOLD_OUT;
			default -> throw answer.fault();
		};
	}

	/**
	 * Books for a user who has a hold. {@code CONFIRMED} only when the hold has not
	 * expired by the time of the answer.
	 * @param event URL of the event
	 * @param hold the hold of the user, who sends no other request
	 */
	Mono<BookingOutcome> confirm(String event, Hold hold) {
		return this.client.send(HttpMethod.PUT, event + "/registrations/" + hold.user(), "", BookingClient::outcome)
			.map((outcome) -> (outcome == BookingOutcome.BOOKED && isUnexpired(hold)) ? BookingOutcome.CONFIRMED
					: outcome);
	}

	/**
	 * Gives a hold back. The answer is the same with and without a hold, so the outcome
	 * is unknown when the hold may have expired.
	 * @param event URL of the event
	 * @param hold the hold of the user, who sends no other request
	 */
	Mono<HoldReleaseOutcome> release(String event, Hold hold) {
		return this.client.send(HttpMethod.DELETE, event + "/holds/" + hold.user(), "", (answer) -> {
			if (answer.code().equals("204 ") && isUnexpired(hold)) {
				return HoldReleaseOutcome.RELEASED;
			}
			throw answer.code().equals("204 ")
					? new StorageException.OutcomeUnknown(new IllegalStateException("the hold may have expired"))
					: answer.fault();
		});
	}

	private boolean isUnexpired(Hold hold) {
		return !hold.isExpired(this.clock.instant().plus(TOLERANCE));
	}

	/**
	 * Cancels a registration.
	 * @param event URL of the event
	 * @param user a registered user, who sends no other request
	 */
	Mono<ReleaseOutcome> cancel(String event, UserId user) {
		return this.client.send(HttpMethod.DELETE, event + "/registrations/" + user, "", (answer) -> {
			if (answer.code().equals("204 ")) {
				return ReleaseOutcome.RELEASED;
			}
			throw answer.fault();
		});
	}

	/**
	 * @param event URL of the event
	 */
	Mono<PartyOutcome> bookParty(String event, List<UserId> users) {
		return this.client.send(HttpMethod.PUT, event + "/registrations", party(users),
				(answer) -> switch (answer.code()) {
					case "201 " -> new PartyOutcome(PartyOutcome.Kind.BOOKED, users(answer.body().path("booked")),
							users(answer.body().path("held")), 0);
					case "200 " -> new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(), users, 0);
					case "409 sold-out" -> PartyOutcome.soldOut(answer.body().path("remaining").asInt());
					case "409 sales-not-open" -> PartyOutcome.refused(PartyOutcome.Kind.NOT_OPEN);
					default -> throw answer.fault();
				});
	}

	/**
	 * @param event URL of the event
	 */
	Mono<PartyHoldOutcome> holdParty(String event, List<UserId> users) {
		return this.client.send(HttpMethod.PUT, event + "/holds", party(users), (answer) -> switch (answer.code()) {
			case "201 " -> held(HoldOutcome.Kind.HELD, answer.body());
			case "200 " -> held(HoldOutcome.Kind.ALREADY_HELD, answer.body());
			case "409 sold-out" -> PartyHoldOutcome.soldOut(answer.body().path("remaining").asInt());
			default -> PartyHoldOutcome.refused(refusal(answer));
		});
	}

	private static PartyHoldOutcome held(HoldOutcome.Kind kind, JsonNode body) {
		List<UserId> created = users(body.path("created"));
		var byCreation = body.path("holds")
			.valueStream()
			.map((hold) -> hold(new UserId(hold.path("userId").asString()), hold))
			.collect(Collectors.partitioningBy((hold) -> created.contains(hold.user())));
		return new PartyHoldOutcome(kind, byCreation.get(true), byCreation.get(false), 0);
	}

	private static List<UserId> users(JsonNode ids) {
		return ids.valueStream().map((id) -> new UserId(id.asString())).toList();
	}

	private static String party(List<UserId> users) {
		return users.stream()
			.map((user) -> "\"" + user + "\"")
			.collect(Collectors.joining(",", "{\"userIds\":[", "]}"));
	}

}
