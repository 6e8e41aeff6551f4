package dev.lastseat.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Clients that ask for the next as soon as they are answered: as much as the service can
 * do, and no more.
 */
final class ClosedLoop {

	private final Scheduler clock;

	private final int clients;

	private final int requests;

	private final Duration limit;

	/**
	 * @param clock that requests are timed by
	 * @param requests of all clients together
	 * @param limit after which no more is asked; what is under way then is waited for,
	 * and does not count
	 */
	ClosedLoop(Scheduler clock, int clients, int requests, Duration limit) {
		this.clock = clock;
		this.clients = clients;
		this.requests = requests;
		this.limit = limit;
	}

	/**
	 * Lazy.
	 */
	Mono<Run> run(Turn turn) {
		return Mono.defer(() -> {
			Tally tally = new Tally(this.clock, this.limit);
			AtomicInteger next = new AtomicInteger();
			return Flux.range(0, this.clients)
				.flatMap((client) -> inTurn(client, next, tally, turn), this.clients)
				.then(Mono.fromSupplier(tally::run));
		});
	}

	private Mono<Void> inTurn(int client, AtomicInteger next, Tally tally, Turn turn) {
		return Mono.defer(() -> {
			int number = next.getAndIncrement();
			return (number < this.requests) ? tally.now(turn.take(client, number)) : Mono.<Void>empty();
		}).repeat(() -> next.get() < this.requests && !tally.over()).then();
	}

	/** What a client asks. */
	interface Turn {

		/**
		 * @param client from 0
		 * @param number of the request among those of all clients, from 0
		 * @return what was decided; a {@code StorageException} where nothing was
		 */
		Mono<?> take(int client, int number);

	}

}
