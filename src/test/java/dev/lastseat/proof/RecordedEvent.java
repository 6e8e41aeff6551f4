package dev.lastseat.proof;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.History;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * An event of a run with faults. Its requests and answers are recorded in a history.
 */
final class RecordedEvent {

	static final Duration RETRY_INTERVAL = Duration.ofMillis(200);

	static final int RETRY_CONCURRENCY = 16;

	private static final int MAX_RETRIES = 150;

	private final List<ServiceProcess> services;

	private final String path;

	private final Recorder recorder;

	private final long begin;

	private final BookingClient bookings;

	private final Set<UserId> unresolved = ConcurrentHashMap.newKeySet();

	private final Queue<Throwable> unexpectedAnswers = new ConcurrentLinkedQueue<>();

	/**
	 * @param path the path of a new event
	 * @param recorder creates the recorder of the event
	 */
	RecordedEvent(List<ServiceProcess> services, String path, Function<EventId, Recorder> recorder,
			BookingClient bookings) {
		this.services = services;
		this.path = path;
		this.begin = System.nanoTime();
		this.recorder = recorder.apply(id());
		this.bookings = bookings;
	}

	EventId id() {
		return new EventId(this.path.substring(this.path.lastIndexOf('/') + 1));
	}

	/**
	 * @param service number of the process
	 * @return the URL of the event at this process
	 */
	String address(int service) {
		return this.services.get(service).address() + this.path;
	}

	/**
	 * @return the URL of the event at a random process
	 */
	String address(Random random) {
		return address(random.nextInt(this.services.size()));
	}

	Recorder recorder() {
		return this.recorder;
	}

	/**
	 * @param nanoTime a value of {@link System#nanoTime()}
	 * @return the same moment on the clock of the history, in nanoseconds
	 */
	long at(long nanoTime) {
		return nanoTime - this.begin;
	}

	/**
	 * Remembers the faults of a request.
	 * @param users the users of the request
	 * @param request a request that is recorded
	 */
	<T> Mono<T> watched(Collection<UserId> users, Mono<T> request) {
		return request.doOnError((fault) -> {
			if (!(fault instanceof StorageException)) {
				this.unexpectedAnswers.add(fault);
			}
			if (!(fault instanceof StorageException.Unavailable)) {
				this.unresolved.addAll(users);
			}
		});
	}

	/**
	 * Repeats the PUT of every buyer with an unknown outcome until it has an outcome.
	 * @return the number of these buyers; an error when a PUT gets no answer
	 */
	Mono<Integer> resolveUnknownOutcomes() {
		List<UserId> users = List.copyOf(this.unresolved);
		return Flux.fromIterable(users)
			.flatMap(this::bookUntilDecided, RETRY_CONCURRENCY)
			.then(Mono.fromSupplier(users::size));
	}

	private Mono<?> bookUntilDecided(UserId user) {
		int service = Math.floorMod(user.hashCode(), this.services.size());
		return this.recorder.book(user, Mono.defer(() -> this.bookings.put(address(service), user)))
			.retryWhen(Retry.fixedDelay(MAX_RETRIES, RETRY_INTERVAL));
	}

	/**
	 * @param stored reads the stored state of the event
	 */
	History history(Function<EventId, Ledger> stored) {
		return this.recorder.history(Mono.fromSupplier(() -> stored.apply(id()))).block();
	}

	/**
	 * The history with its journal.
	 * @param stored reads the stored state of the event
	 */
	History history(Function<EventId, Ledger> stored, List<JournalEntry> journal) {
		return this.recorder.history(Mono.fromSupplier(() -> stored.apply(id())), Mono.just(journal)).block();
	}

	/**
	 * @return answers that the service must never give
	 */
	List<Throwable> unexpectedAnswers() {
		return List.copyOf(this.unexpectedAnswers);
	}

}
