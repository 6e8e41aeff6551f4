package dev.lastseat.bench;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An event with holds that do not expire during a run, and a seat for each user. Every
 * request to it has exactly one correct answer, and another answer is an error. So the
 * final sets of users with a hold and of registered users are known. Used by one thread
 * at a time.
 */
final class HeldEvent {

	private static final int CREATED = 201;

	private static final Instant SOME_DAY = Instant.parse("2030-01-01T00:00:00Z");

	private final Service service;

	private final EventId event;

	private final RequestTemplate hold;

	private final RequestTemplate registration;

	/** The numbers of the users with a hold. */
	private final BitSet held = new BitSet();

	/** The numbers of the registered users. */
	private final BitSet registered = new BitSet();

	private HeldEvent(Service service, EventId event) {
		this.service = service;
		this.event = event;
		String path = "/api/v1/events/" + event;
		this.hold = RequestTemplate.hold(path + "/holds");
		this.registration = RequestTemplate.booking(path + "/registrations");
	}

	static Mono<HeldEvent> create(Service service) {
		return service.bookings()
			.create(new EventDraft("A sale with holds", null, SOME_DAY, null, EventDraft.MAX_CAPACITY))
			.map((event) -> new HeldEvent(service, event.id()));
	}

	/**
	 * Makes holds by large batches, without the event queue, for the users with the
	 * largest numbers.
	 */
	Mono<HeldEvent> withHolds(int count) {
		Flux<Request> holdings = Flux.range(RequestTemplate.MAX_USERS - count, count)
			.map((number) -> new Request.Holding(new UserId(RequestTemplate.user(number))));
		return this.service.decideAll(this.event, holdings)
			.doOnNext((decision) -> requireHeld((HoldOutcome) decision.outcome()))
			.then(Mono.fromSupplier(() -> {
				this.held.set(RequestTemplate.MAX_USERS - count, RequestTemplate.MAX_USERS);
				return this;
			}));
	}

	private static void requireHeld(HoldOutcome outcome) {
		if (outcome.kind() != HoldOutcome.Kind.HELD) {
			throw new IllegalStateException("a user must get a hold, but the outcome is " + outcome);
		}
	}

	EventId event() {
		return this.event;
	}

	/** The bytes of a hold over HTTP. */
	RequestTemplate hold() {
		return this.hold;
	}

	/** The bytes of a booking over HTTP, which confirms the hold of the user. */
	RequestTemplate registration() {
		return this.registration;
	}

	/**
	 * Judges the response to a {@linkplain #hold hold} of a new user.
	 * @param user the number of the user
	 * @return whether the service decided
	 */
	boolean held(int user, int status, ByteBuf body) {
		boolean created = isCreated(status, body);
		if (created) {
			this.held.set(user);
		}
		return created;
	}

	/**
	 * Judges the response to a {@linkplain #registration booking} of a user who is not
	 * registered.
	 * @param user the number of the user
	 * @return whether the service decided
	 */
	boolean registered(int user, int status, ByteBuf body) {
		boolean created = isCreated(status, body);
		if (created) {
			this.held.clear(user);
			this.registered.set(user);
		}
		return created;
	}

	/** A request that waited too long changed nothing. */
	private static boolean isCreated(int status, ByteBuf body) {
		if (status == CREATED) {
			return true;
		}
		AnswerReader.requireOverloaded(new Reply(status, ResponseParser.text(body)));
		return false;
	}

	/** Checks the stored state: exactly the expected users hold and are registered. */
	Mono<Void> check() {
		return this.service.events().ledger(this.event).doOnNext(this::require).then();
	}

	private void require(Ledger ledger) {
		require("registered", this.registered, ledger.ticketsSold(), ledger.registrations(), Function.identity());
		require("held", this.held, ledger.held(), ledger.holds(), Hold::user);
	}

	private static <T> void require(String what, BitSet expected, int counter, List<T> stored,
			Function<T, UserId> user) {
		Set<String> users = stored.stream().map(user).map(UserId::value).collect(Collectors.toSet());
		IntStream missing = expected.stream().filter((number) -> !users.contains(RequestTemplate.user(number)));
		int size = expected.cardinality();
		if (counter != size || stored.size() != size || missing.findAny().isPresent()) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "%d users must be %s, but %d are stored, and the counter is %d", size,
							what, stored.size(), counter));
		}
	}

}
