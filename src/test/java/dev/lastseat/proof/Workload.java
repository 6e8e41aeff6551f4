package dev.lastseat.proof;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The load of a test with faults: one event with fewer seats than buyers. Buyers arrive
 * at a constant rate. Each buyer sends a POST and a PUT at almost the same time, usually
 * to different processes. Every request and its answer is recorded in a history.
 */
final class Workload {

	static final int SEATS = 400;

	/** About 66 buyers a second: without faults the event is sold out after 6 s. */
	private static final Duration BUYER_INTERVAL = Duration.ofMillis(15);

	/**
	 * Limit of concurrent buyers; further buyers are dropped. Avoids timeouts on a slow
	 * machine that no fault has caused.
	 */
	private static final int MAX_CONCURRENT_BUYERS = 64;

	private static final int WARM_UP_BUYERS = 200;

	/** Longest time between the two requests of a buyer, in milliseconds. */
	private static final int MAX_GAP = 40;

	private final BookingClient bookings = new BookingClient(new ServiceClient());

	private final List<ServiceProcess> services;

	private final Random random;

	private final RecordedEvent event;

	/** Creates an event with {@link #SEATS} seats. */
	Workload(List<ServiceProcess> services, Random random) {
		this(services, random, SEATS);
	}

	/** Creates the event. */
	Workload(List<ServiceProcess> services, Random random, int seats) {
		this.services = services;
		this.random = random;
		this.event = new RecordedEvent(services, services.get(0).createEvent(seats),
				(event) -> new Recorder(event, seats), this.bookings);
	}

	/**
	 * Sells another event through a service without recording it, so that class loading
	 * does not delay the workload.
	 */
	static void warmUp(ServiceProcess service) {
		BookingClient bookings = new BookingClient(new ServiceClient());
		String event = service.address() + service.createEvent(SEATS);
		Flux.range(0, WARM_UP_BUYERS)
			.map((number) -> new UserId("buyer-" + number))
			.flatMap((user) -> bookings.post(event, user).then(bookings.put(event, user)),
					RecordedEvent.RETRY_CONCURRENCY)
			.onErrorContinue(StorageException.class, (fault, user) -> {
				// A timeout is possible while classes are loaded.
			})
			.then()
			.block();
	}

	RecordedEvent event() {
		return this.event;
	}

	/**
	 * Sends the requests of new buyers until the signal, and waits for all answers and
	 * timeouts.
	 */
	Mono<Void> run(Mono<?> until) {
		return Flux.interval(BUYER_INTERVAL)
			.onBackpressureDrop()
			.takeUntilOther(until)
			.map((number) -> new UserId("buyer-" + number))
			.flatMap(this::buy, MAX_CONCURRENT_BUYERS)
			.then();
	}

	private Mono<Void> buy(UserId user) {
		int first = this.random.nextInt(this.services.size());
		int second = this.random.nextInt(this.services.size());
		Duration later = Duration.ofMillis(this.random.nextInt(MAX_GAP));
		Mono<BookingOutcome> post = Mono.defer(() -> this.bookings.post(address(first), user));
		Mono<BookingOutcome> put = Mono.defer(() -> this.bookings.put(address(second), user));
		return Mono.when(send(user, post), Mono.delay(later).then(send(user, put)));
	}

	/**
	 * Repeats the PUT until it has an outcome, each time at another process, and then
	 * sends it once more.
	 */
	Mono<Void> bookUntilDecided(UserId user) {
		AtomicInteger process = new AtomicInteger(this.random.nextInt(this.services.size()));
		Mono<BookingOutcome> put = Mono
			.defer(() -> book(Math.floorMod(process.getAndIncrement(), this.services.size()), user));
		return untilDecided(put).then(put).onErrorComplete().then();
	}

	/**
	 * Repeats the PUT at one process until it has an outcome.
	 * @param service number of the process
	 */
	Mono<BookingOutcome> bookUntilDecided(int service, UserId user) {
		return untilDecided(Mono.defer(() -> book(service, user)));
	}

	private static Mono<BookingOutcome> untilDecided(Mono<BookingOutcome> put) {
		return put.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RecordedEvent.RETRY_INTERVAL)
			.filter(StorageException.class::isInstance));
	}

	/**
	 * Sends the PUT once.
	 * @param service number of the process
	 */
	Mono<BookingOutcome> book(int service, UserId user) {
		return recorded(user, Mono.defer(() -> this.bookings.put(address(service), user)));
	}

	/**
	 * Reads the registration once. Only an existing registration is recorded as an
	 * answer, as {@code ALREADY_REGISTERED}.
	 * @param service number of the process
	 * @return {@code ALREADY_REGISTERED}; an error for any other answer
	 */
	Mono<BookingOutcome> readRegistration(int service, UserId user) {
		return recorded(user, Mono.defer(() -> this.bookings.readRegistration(address(service), user)));
	}

	private Mono<BookingOutcome> send(UserId user, Mono<BookingOutcome> request) {
		return recorded(user, request).onErrorComplete();
	}

	private Mono<BookingOutcome> recorded(UserId user, Mono<BookingOutcome> request) {
		return this.event.watched(List.of(user), this.event.recorder().book(user, request));
	}

	private String address(int service) {
		return this.event.address(service);
	}

}
