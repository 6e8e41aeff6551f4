package dev.lastseat.stress.bench;

import reactor.core.publisher.Mono;

/**
 * What a run does to a service. Every run has events of its own and new connections, both
 * made before the clock starts, and ends in the judgement of what was booked.
 * <p>
 * Runs of a closed loop are of a number of requests and not of a time: a booking costs
 * the more the more are in the event already, and so both sides of a pair have the same
 * way to go. A side that is too slow for that is stopped after a time; its event is the
 * smaller one then, which is to its advantage.
 */
final class Workloads {

	private final Generator generator;

	private final BenchSettings settings;

	Workloads(Generator generator, BenchSettings settings) {
		this.generator = generator;
		this.settings = settings;
	}

	/** Everybody wants a seat of one event, and gets it. */
	Mono<Run> hot(Service service, int clients) {
		return Sale.open(service, Sale.AMPLE)
			.flatMap((sale) -> closedLoop(service, clients, this.settings.requests(),
					(connection, number) -> sale.book(connection, user(number)))
				.delayUntil((run) -> sale.judge()));
	}

	private Mono<Run> closedLoop(Service service, int clients, int requests, HttpRequest request) {
		return this.generator.connected(service.port(), clients,
				(connections) -> new Meter(service).metered(new ClosedLoop(clients, requests, this.settings.limit())
					.run((client, number) -> request.send(connections.get(client), number))));
	}

	private static String user(int number) {
		return "user-" + number;
	}

	/** What is asked over a connection. */
	private interface HttpRequest {

		Mono<?> send(Connection connection, int number);

	}

}
