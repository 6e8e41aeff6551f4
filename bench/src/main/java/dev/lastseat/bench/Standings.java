package dev.lastseat.bench;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The load with a stream for each of many users of a sold-out event. Half of the users
 * wait, and leave the list from its head on, one after another. So each change gives a
 * new position to all who still wait.
 */
final class Standings {

	/** The default limit of a process. */
	private static final int STREAMS = 10_000;

	private static final String POSITION = "position";

	/** Has no number: so the first state of a user who does not wait is read as 0. */
	private static final String STATE = "state";

	private static final Instant SOME_DAY = Instant.parse("2030-01-01T00:00:00Z");

	private final LoadGenerator generator;

	private final BenchSettings settings;

	Standings(LoadGenerator generator, BenchSettings settings) {
		this.generator = generator;
		this.settings = settings;
	}

	/** The time from the answer to a change to the arrival of each new position. */
	Mono<Run> delivery(Service service) {
		int waiting = this.settings.atMost(STREAMS) / 2;
		return service.bookings()
			.create(new EventDraft("A sale", null, SOME_DAY, null, 1))
			.flatMap((created) -> fill(service, created.id(), waiting)
				.then(Mono.defer(() -> open(service, "/api/v1/events/" + created.id(), waiting)))
				.delayUntil((run) -> new BareDriver(service.database()).delete(List.of(created.id()))));
	}

	/** Sells the only seat. Then the users join in the order of their numbers. */
	private static Mono<Void> fill(Service service, EventId event, int waiting) {
		Flux<Request> joinings = Flux.range(0, waiting)
			.map((number) -> new Request.Joining(new UserId(RequestTemplate.user(number))));
		return service.bookings()
			.book(event, new UserId("the-last"))
			.thenMany(service.decideAll(event, joinings))
			.doOnNext((decision) -> {
				if (!(decision.outcome() instanceof JoinOutcome joined) || joined.kind() != JoinOutcome.Kind.JOINED) {
					throw new IllegalStateException("a user must join, but the outcome is " + decision.outcome());
				}
			})
			.then();
	}

	private Mono<Run> open(Service service, String path, int waiting) {
		RequestTemplate request = RequestTemplate.standing(path + "/users");
		return StreamConnection.opened(this.generator, service.port(), waiting, POSITION, request, 0,
				(positions) -> StreamConnection.opened(this.generator, service.port(), waiting, STATE, request, waiting,
						(others) -> leaves(service, path, positions)));
	}

	private Mono<Run> leaves(Service service, String path, List<StreamConnection> positions) {
		int half = Math.max(1, positions.size() / 2);
		return this.generator.connected(service.port(), 1, (connections) -> {
			Deliveries deliveries = new Deliveries(new Leaves(RequestTemplate.leaving(path + "/waiting-list")));
			IntStream.range(0, positions.size())
				.forEach((user) -> positions.get(user).listen((position) -> deliveries.arrived(user + 1 - position)));
			return service.metered(
					deliveries.run(new ExchangeLoop(this.generator.clock(), connections, half, this.settings.length()),
							(left) -> IntStream.range(left, positions.size())
								.allMatch((user) -> positions.get(user).number() == user + 1 - left)));
		});
	}

	/** The users leave in the order of their numbers. */
	private record Leaves(RequestTemplate leaving) implements Exchange {

		@Override
		public ByteBuf request(int number, ByteBufAllocator allocator) {
			return this.leaving.of(allocator, number);
		}

		@Override
		public boolean decided(int number, int status, ByteBuf body, long sent, long received) {
			if (status != 204) {
				throw new IllegalStateException("unexpected response to a user who leaves: " + status);
			}
			return true;
		}

	}

}
