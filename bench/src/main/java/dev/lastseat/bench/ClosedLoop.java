package dev.lastseat.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A closed loop: each client sends its next request when the last one is answered. So the
 * load is what the service can process, and no more.
 */
final class ClosedLoop {

	private final Scheduler clock;

	private final int clients;

	private final int requests;

	private final Duration limit;

	/**
	 * @param clock the clock that measures the latencies
	 * @param requests the total of all clients
	 * @param limit after this time no request is sent; the requests in flight are awaited
	 * and do not count
	 */
	ClosedLoop(Scheduler clock, int clients, int requests, Duration limit) {
		this.clock = clock;
		this.clients = clients;
		this.requests = requests;
		this.limit = limit;
	}

	/** Runs the loop. Lazy. */
	Mono<Run> run(ClientRequest request) {
		return Mono.defer(() -> {
			LatencyRecorder latencies = new LatencyRecorder(this.clock, this.limit);
			AtomicInteger next = new AtomicInteger();
			return Flux.range(0, this.clients)
				.flatMap((client) -> sendAll(client, next, latencies, request), this.clients)
				.then(Mono.fromSupplier(latencies::run));
		});
	}

	private Mono<Void> sendAll(int client, AtomicInteger next, LatencyRecorder latencies, ClientRequest request) {
		return Mono.defer(() -> {
			int number = next.getAndIncrement();
			return (number < this.requests) ? latencies.now(request.send(client, number)) : Mono.<Void>empty();
		}).repeat(() -> next.get() < this.requests && !latencies.over()).then();
	}

	/** The request of a client. */
	interface ClientRequest {

		/**
		 * @param client the number of the client, from 0
		 * @param number the number of the request in the run, from 0
		 * @return the decision; a {@code StorageException} when nothing was decided
		 */
		Mono<?> send(int client, int number);

	}

}
