package dev.lastseat.proof;

import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

/**
 * The clients of a run with faults: those of one large event that only book, and those of
 * the small sales, and those of an event with a waiting list.
 */
final class Clients {

	final Workload workload;

	final SmallSales sales;

	final WaitingSale waiting;

	/** Creates the events. */
	Clients(List<ServiceProcess> services, Seed seed) {
		this.sales = new SmallSales(services, seed.random("sales"));
		this.waiting = new WaitingSale(services, seed.random("waiting"));
		this.workload = new Workload(services, seed.random("workload"));
	}

	/** Sends requests until the signal, and waits for their answers. */
	Mono<Void> run(Mono<?> until) {
		return Mono.when(this.workload.run(until), this.sales.run(until), this.waiting.run(until));
	}

	/**
	 * Does the same, and sells the seats of the holds that expired in the first sales.
	 */
	Mono<Void> runUntilHoldsExpire(Mono<?> until) {
		return Mono.when(run(until), this.sales.buyLate());
	}

	/** Books for every user with an unknown outcome, until there is an answer. */
	Mono<Void> resolveUnknownOutcomes() {
		return Mono.when(this.workload.event().resolveUnknownOutcomes(), this.sales.resolveUnknownOutcomes());
	}

	/**
	 * @return answers that the service must never give
	 */
	List<Throwable> unexpectedAnswers() {
		return Stream
			.of(this.workload.event().unexpectedAnswers(), this.sales.unexpectedAnswers(),
					this.waiting.event().unexpectedAnswers())
			.flatMap(List::stream)
			.toList();
	}

}
