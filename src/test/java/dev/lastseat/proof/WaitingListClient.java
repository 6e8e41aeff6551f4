package dev.lastseat.proof;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Joins and leaves the waiting list, and reads offers and the journal, like
 * {@link BookingClient}.
 */
final class WaitingListClient {

	private static final int PAGE_SIZE = 100;

	private static final Map<String, JournalEntry.Op> OPS = Arrays.stream(JournalEntry.Op.values())
		.collect(Collectors.toMap(JournalEntry.Op::code, Function.identity()));

	private final ServiceClient client;

	WaitingListClient(ServiceClient client) {
		this.client = client;
	}

	/**
	 * @param event URL of the event
	 */
	Mono<JoinOutcome> join(String event, UserId user) {
		return this.client.send(HttpMethod.PUT, event + "/waiting-list/" + user, "",
				(answer) -> switch (answer.code()) {
					case "201 " -> new JoinOutcome(JoinOutcome.Kind.JOINED, place(answer.body()));
					case "200 " -> new JoinOutcome(JoinOutcome.Kind.ALREADY_WAITING, place(answer.body()));
					case "409 already-registered" -> JoinOutcome.refused(JoinOutcome.Kind.ALREADY_REGISTERED);
					case "409 seats-free" -> JoinOutcome.refused(JoinOutcome.Kind.SEATS_FREE);
					default -> throw answer.fault();
				});
	}

	private static WaitingPlace place(JsonNode body) {
		return new WaitingPlace(body.path("position").asInt(), body.path("length").asInt());
	}

	/**
	 * Leaves the waiting list. The answer is the same for a user who does not wait, and
	 * an offer can come at any moment, so the outcome is always unknown.
	 * @param event URL of the event
	 */
	Mono<LeaveOutcome> leave(String event, UserId user) {
		return this.client.send(HttpMethod.DELETE, event + "/waiting-list/" + user, "", (answer) -> {
			throw answer.code().equals("204 ")
					? new StorageException.OutcomeUnknown(new IllegalStateException("perhaps the user did not wait"))
					: answer.fault();
		});
	}

	/**
	 * @param event URL of the event
	 * @return the offer of the user; empty when it has none
	 */
	Mono<Hold> offer(String event, UserId user) {
		return this.client
			.send(HttpMethod.GET, event + "/users/" + user, "",
					(answer) -> answer.code().equals("200 ") ? answer.body() : fail(answer))
			.filter((standing) -> standing.path("state").asString().equals("offered"))
			.map((standing) -> new Hold(user, Instant.parse(standing.path("expiresAt").asString()), true));
	}

	/**
	 * @param event URL of the event
	 * @return all entries, in order
	 */
	Mono<List<JournalEntry>> journal(String event) {
		return page(event, 0)
			.expand((page) -> page.path("next").isNull() ? Mono.empty() : page(event, page.path("next").asLong()))
			.concatMap((page) -> Flux.fromStream(page.path("entries").valueStream()))
			.map(WaitingListClient::entry)
			.collectList();
	}

	private Mono<JsonNode> page(String event, long after) {
		return this.client.send(HttpMethod.GET, event + "/journal?limit=" + PAGE_SIZE + "&after=" + after, "",
				(answer) -> answer.code().equals("200 ") ? answer.body() : fail(answer));
	}

	private static JournalEntry entry(JsonNode entry) {
		String user = entry.path("userId").asStringOpt().orElse(null);
		return new JournalEntry(entry.path("seq").asLong(), Instant.parse(entry.path("at").asString()),
				OPS.get(entry.path("op").asString()), (user != null) ? new UserId(user) : null);
	}

	private static JsonNode fail(ServiceAnswer answer) {
		throw answer.fault();
	}

}
