package dev.lastseat.proof;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.History;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One hot event, with fewer seats than there are buyers. They come at a steady pace,
 * whatever becomes of the others, and each asks twice at almost the same time, by POST
 * and by PUT, mostly through different processes. All of it is recorded.
 */
final class Workload {

	static final int SEATS = 400;

	/** Some 66 buyers a second: six seconds sell the event out, with nothing broken. */
	private static final Duration PACE = Duration.ofMillis(15);

	/**
	 * Buyers who are served at once; whoever comes when it is as many goes away. Keeps a
	 * slow machine from timeouts that no fault has caused.
	 */
	private static final int CROWD = 64;

	private static final int REHEARSALS = 200;

	/** The two requests of a buyer come within this time, in milliseconds. */
	private static final int APART = 40;

	private static final Duration BETWEEN_REPEATS = Duration.ofMillis(200);

	private static final int REPEATS = 150;

	private static final int REPEATED_AT_ONCE = 16;

	private final BookingClient bookings = new BookingClient();

	private final List<ServiceProcess> services;

	private final Random random;

	private final String event;

	private final Recorder recorder;

	private final long begin;

	private final Set<UserId> unsettled = ConcurrentHashMap.newKeySet();

	private final Queue<Throwable> mistakes = new ConcurrentLinkedQueue<>();

	/**
	 * Creates the event.
	 */
	Workload(List<ServiceProcess> services, Random random) {
		this(services, random, SEATS);
	}

	/**
	 * Creates the event.
	 */
	Workload(List<ServiceProcess> services, Random random, int seats) {
		this.services = services;
		this.random = random;
		this.event = services.get(0).createEvent(seats);
		this.begin = System.nanoTime();
		this.recorder = new Recorder(id(), seats);
	}

	/**
	 * Sells another event through a service, unrecorded, so that a sale does not wait for
	 * classes to be loaded.
	 */
	static void rehearse(ServiceProcess service) {
		BookingClient bookings = new BookingClient();
		String event = service.address() + service.createEvent(SEATS);
		Flux.range(0, REHEARSALS)
			.map((number) -> new UserId("buyer-" + number))
			.flatMap((user) -> bookings.post(event, user).then(bookings.put(event, user)), REPEATED_AT_ONCE)
			.onErrorContinue(StorageException.class, (fault, user) -> {
				// Slow, so early.
			})
			.then()
			.block();
	}

	EventId id() {
		return new EventId(this.event.substring(this.event.lastIndexOf('/') + 1));
	}

	/**
	 * @return nanoseconds since the beginning of the history
	 */
	long now() {
		return System.nanoTime() - this.begin;
	}

	/**
	 * Lets buyers come until the signal, and waits for all answers and deadlines.
	 */
	Mono<Void> run(Mono<?> until) {
		return Flux.interval(PACE)
			.onBackpressureDrop()
			.takeUntilOther(until)
			.map((number) -> new UserId("buyer-" + number))
			.flatMap(this::buy, CROWD)
			.then();
	}

	private Mono<Void> buy(UserId user) {
		int first = this.random.nextInt(this.services.size());
		int second = this.random.nextInt(this.services.size());
		Duration later = Duration.ofMillis(this.random.nextInt(APART));
		Mono<BookingOutcome> post = Mono.defer(() -> this.bookings.post(address(first), user));
		Mono<BookingOutcome> put = Mono.defer(() -> this.bookings.put(address(second), user));
		return Mono.when(ask(user, post), Mono.delay(later).then(ask(user, put)));
	}

	/**
	 * Asks by PUT until there is a decision, each time through another process, and then
	 * once more.
	 */
	Mono<Void> insist(UserId user) {
		AtomicInteger process = new AtomicInteger(this.random.nextInt(this.services.size()));
		Mono<BookingOutcome> put = Mono
			.defer(() -> book(Math.floorMod(process.getAndIncrement(), this.services.size()), user));
		return untilDecided(put).then(put).onErrorComplete().then();
	}

	/**
	 * Asks one process by PUT until there is a decision.
	 * @param service number of the process
	 */
	Mono<BookingOutcome> insist(int service, UserId user) {
		return untilDecided(Mono.defer(() -> book(service, user)));
	}

	private static Mono<BookingOutcome> untilDecided(Mono<BookingOutcome> put) {
		return put
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, BETWEEN_REPEATS).filter(StorageException.class::isInstance));
	}

	/**
	 * Asks once, by PUT.
	 * @param service number of the process
	 */
	Mono<BookingOutcome> book(int service, UserId user) {
		return recorded(user, Mono.defer(() -> this.bookings.put(address(service), user)));
	}

	/**
	 * Looks once whether the user holds a seat. Only that they do is recorded as an
	 * answer: that of somebody who is registered already.
	 * @param service number of the process
	 * @return {@code ALREADY_REGISTERED}; an error when that was not the answer
	 */
	Mono<BookingOutcome> look(int service, UserId user) {
		return recorded(user, Mono.defer(() -> this.bookings.look(address(service), user)));
	}

	private Mono<BookingOutcome> ask(UserId user, Mono<BookingOutcome> request) {
		return recorded(user, request).onErrorComplete();
	}

	private Mono<BookingOutcome> recorded(UserId user, Mono<BookingOutcome> request) {
		return this.recorder.book(user, request).doOnError((fault) -> {
			if (!(fault instanceof StorageException)) {
				this.mistakes.add(fault);
			}
			if (!(fault instanceof StorageException.Unavailable)) {
				this.unsettled.add(user);
			}
		});
	}

	/**
	 * @param service number of the process
	 * @return the address of the event there
	 */
	String address(int service) {
		return this.services.get(service).address() + this.event;
	}

	/**
	 * Repeats the PUT of every buyer who does not know, until there is an answer.
	 * @return how many they were; an error when one is never answered
	 */
	Mono<Integer> settle() {
		List<UserId> users = List.copyOf(this.unsettled);
		return Flux.fromIterable(users)
			.flatMap(
					(user) -> this.recorder
						.book(user,
								Mono.defer(() -> this.bookings
									.put(address(Math.floorMod(user.hashCode(), this.services.size())), user)))
						.retryWhen(Retry.fixedDelay(REPEATS, BETWEEN_REPEATS)),
					REPEATED_AT_ONCE)
			.then(Mono.fromSupplier(users::size));
	}

	/**
	 * @param stored reads what is stored
	 */
	History history(Function<EventId, Ledger> stored) {
		return this.recorder.history(Mono.fromSupplier(() -> stored.apply(id()))).block();
	}

	/**
	 * @return answers that no buyer may ever get
	 */
	List<Throwable> mistakes() {
		return List.copyOf(this.mistakes);
	}

}
