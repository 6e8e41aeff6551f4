package dev.lastseat.stress.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Clients that ask for the next as soon as they are answered: as much as the service can
 * do, and no more.
 */
final class ClosedLoop {

	private final int clients;

	private final int requests;

	private final Duration limit;

	/**
	 * @param requests of all clients together
	 * @param limit after which no more is asked; what is under way then is waited for,
	 * and does not count
	 */
	ClosedLoop(int clients, int requests, Duration limit) {
		this.clients = clients;
		this.requests = requests;
		this.limit = limit;
	}

	/**
	 * Lazy.
	 */
	Mono<Run> run(Request request) {
		return Mono.defer(() -> {
			Tally tally = new Tally(this.limit);
			AtomicInteger next = new AtomicInteger();
			return Flux.range(0, this.clients)
				.flatMap((client) -> inTurn(client, next, tally, request), this.clients)
				.then(Mono.fromSupplier(tally::run));
		});
	}

	private Mono<Void> inTurn(int client, AtomicInteger next, Tally tally, Request request) {
		return Mono.defer(() -> {
			int number = next.getAndIncrement();
			return (number < this.requests) ? tally.now(request.send(client, number)) : Mono.<Void>empty();
		}).repeat(() -> next.get() < this.requests && !tally.over()).then();
	}

	/** What a client asks. */
	interface Request {

		/**
		 * @param client from 0
		 * @param number of the request among those of all clients, from 0
		 * @return what was decided; a {@code StorageException} where nothing was
		 */
		Mono<?> send(int client, int number);

	}

}
