package dev.lastseat.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.history.History;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sales of a run with faults, which open one after the other. They are many and
 * small, because a history with holds is hard to check when it has many operations with
 * an unknown outcome.
 */
final class SmallSales {

	/** Sales for a run of 10 s. The last ones of a shorter run do not open. */
	private static final int SALES = 20;

	private static final Duration INTERVAL = Duration.ofMillis(500);

	/** The first sales, whose holds expire soon after the run. */
	private static final int FIRST = 3;

	private static final int CONCURRENCY = 4;

	private final List<SmallSale> sales;

	/** Creates the events. */
	SmallSales(List<ServiceProcess> services, Random random) {
		ServiceClient client = new ServiceClient();
		Instant opening = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		this.sales = IntStream.rangeClosed(1, SALES)
			.mapToObj((number) -> new SmallSale(services, random, opening.plus(INTERVAL.multipliedBy(number)), client))
			.toList();
	}

	/** Sends the requests until the signal, and waits for their answers. */
	Mono<Void> run(Mono<?> until) {
		return Flux.fromIterable(this.sales).flatMap((sale) -> sale.run(until), SALES).then();
	}

	/** Sells the seats of expired holds of the first sales. */
	Mono<Void> buyLate() {
		return Flux.fromIterable(this.sales).take(FIRST).flatMap(SmallSale::buyLate, FIRST).then();
	}

	Mono<Void> resolveUnknownOutcomes() {
		return Flux.fromIterable(this.sales)
			.flatMap((sale) -> sale.event().resolveUnknownOutcomes(), CONCURRENCY)
			.then();
	}

	/**
	 * @param stored reads the stored state of an event
	 */
	List<History> histories(Function<EventId, Ledger> stored) {
		return this.sales.stream().map((sale) -> sale.event().history(stored)).toList();
	}

	/**
	 * The histories without the answers of the durability window before a kill.
	 * @param stored reads the stored state of an event
	 * @param killedAt a value of {@link System#nanoTime()}
	 */
	List<History> historiesWithKill(Function<EventId, Ledger> stored, long killedAt) {
		return this.sales.stream()
			.map(SmallSale::event)
			.map((event) -> DurabilityWindow.relax(event.history(stored), event.at(killedAt)))
			.toList();
	}

	/**
	 * @return answers that the service must never give
	 */
	List<Throwable> unexpectedAnswers() {
		return this.sales.stream().flatMap((sale) -> sale.event().unexpectedAnswers().stream()).toList();
	}

}
