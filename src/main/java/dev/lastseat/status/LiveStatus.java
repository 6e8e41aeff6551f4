package dev.lastseat.status;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The live status of events. All subscribers of an event share one upstream, with one
 * read and one encoding for each change. It connects with the first subscriber and closes
 * a few seconds after the last one has left.
 * <p>
 * Each subscriber gets the current state at once, then the later ones. Revisions grow,
 * except after a rollback of the storage: then the stored state is sent again, whatever
 * its revision. States are conflated to ten a second by limiting the reads. The first
 * state after a quiet time is sent at once, and the last state is always sent. A slow
 * subscriber misses states in between, but never the latest, and does not delay other
 * subscribers. The current state of a shared upstream is the one that was read last: a
 * newer one follows, within 100 ms when this process made the change.
 * <p>
 * The stream of an event ends with {@link StatusUpdate.Closed} when the event does not
 * exist or was deleted. A stream that completes without it ends because the process
 * stops: the client can connect to another process. A fault of the storage before the
 * first state ends the stream with a {@link StorageException}. After that, an outage does
 * not end the stream: it continues with the state after the outage.
 *
 * @param <T> type of the encoded updates
 */
public final class LiveStatus<T> {

	/** Limit of the concurrent reads for one subscriber of many events. */
	private static final int CONCURRENT_READS = 16;

	private final SharedUpstreams<StatusSource<T>, EncodedUpdate<T>> upstreams;

	/**
	 * @param encoder called once for each update, must not block; several threads use its
	 * result
	 */
	public LiveStatus(ChangeNotifier notifier, Function<StatusUpdate, T> encoder) {
		this(notifier, encoder, StreamTiming.standard());
	}

	LiveStatus(ChangeNotifier notifier, Function<StatusUpdate, T> encoder, StreamTiming timing) {
		this.upstreams = new SharedUpstreams<>((event) -> new StatusSource<>(event, notifier, encoder, timing), timing);
	}

	/**
	 * Reads the current state of an event. The upstream stays open for the grace period,
	 * so that a call of {@link #updates} afterwards needs no second read.
	 * @return the current state, or that the event is closed; empty when the process
	 * stops
	 */
	public Mono<T> current(EventId event) {
		return encodedUpdates(event).next().map(EncodedUpdate::encoded);
	}

	/**
	 * Subscribes to an event. For a slow subscriber, one state at most is kept in memory.
	 */
	public Flux<T> updates(EventId event) {
		return encodedUpdates(event).map(EncodedUpdate::encoded);
	}

	/**
	 * Subscribes to several events in one stream: first the current state of each, in the
	 * order of the set, then the changes of all. An event that changes often does not
	 * delay the others. The stream completes when all events are closed. For a slow
	 * subscriber, two states of each event at most are kept in memory.
	 */
	public Flux<T> updates(Set<EventId> events) {
		return Flux.fromIterable(events)
			.flatMapSequential((event) -> encodedUpdates(event).next(), CONCURRENT_READS, 1)
			.collectList()
			.flatMapMany((current) -> Flux.fromIterable(current).concatWith(changesSince(current)))
			.map(EncodedUpdate::encoded);
	}

	private Flux<EncodedUpdate<T>> changesSince(List<EncodedUpdate<T>> current) {
		return Flux.merge(Flux.fromIterable(current).map(this::changesSince), Math.max(current.size(), 1), 1);
	}

	private Flux<EncodedUpdate<T>> changesSince(EncodedUpdate<T> current) {
		return current.last() ? Flux.empty()
				: encodedUpdates(current.event()).filter((update) -> update.isAfter(current));
	}

	private Flux<EncodedUpdate<T>> encodedUpdates(EventId event) {
		return this.upstreams.use(event, SharedUpstream::updates).filter(new OnlyNewer<>()).onBackpressureLatest();
	}

	int openUpstreams() {
		return this.upstreams.number();
	}

}
