package dev.lastseat.status;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How the sale of events stands, live. What one event needs is shared by all who watch
 * it: one place among the signals, one read and one encoding for each change. It begins
 * with the first of them and is let go a few seconds after the last.
 * <p>
 * Every subscriber gets the present state at once, and then the later ones. Revisions
 * grow, unless the storage has taken a state back: then the state that is stored is sent
 * again, whatever its revision. States are conflated to ten a second, by reading only as
 * often; the first after a rest comes at once, and the last always. Who asks for less
 * than that misses what lies between, never the latest, and delays nobody. The present
 * state of a stream that others watch already is the latest that was read: a change that
 * it does not have yet follows, within the tenth of a second when this process made it.
 * <p>
 * An event that does not exist, or does not any more, is told as
 * {@link StatusUpdate.Closed}, and that is the end of its stream. A stream that completes
 * without that was ended because the process ends: it is worth asking another. A fault of
 * the storage ends a stream with a {@link StorageException} before its first state, and
 * never later: it goes on with the state after the outage.
 *
 * @param <T> what updates are encoded as
 */
public final class LiveStatus<T> {

	/** Present states that are read at once, for one who watches many events. */
	private static final int READS_AT_ONCE = 16;

	private final ChangeNotifier signals;

	private final Function<StatusUpdate, T> encoder;

	private final Pace pace;

	private final Map<EventId, EventStream<T>> streams = new ConcurrentHashMap<>();

	/**
	 * @param encoder is applied once to each update, whoever watches; must not block.
	 * What it returns is handed to many threads
	 */
	public LiveStatus(ChangeNotifier signals, Function<StatusUpdate, T> encoder) {
		this(signals, encoder, Pace.standard());
	}

	LiveStatus(ChangeNotifier signals, Function<StatusUpdate, T> encoder, Pace pace) {
		this.signals = signals;
		this.encoder = encoder;
		this.pace = pace;
	}

	/**
	 * Tells how an event stands. For those who look before they watch: the stream that it
	 * was taken from is still there when they come.
	 * @return the present state, or that there is no such event; empty when the process
	 * ends
	 */
	public Mono<T> current(EventId event) {
		return encodedUpdates(event).next().map(Emission::encoded);
	}

	/**
	 * Watches an event. At most one state is kept for a subscriber that is slow.
	 */
	public Flux<T> updates(EventId event) {
		return encodedUpdates(event).map(Emission::encoded);
	}

	/**
	 * Watches several events in one stream: first the present state of each, in the order
	 * of the set, then the changes of any. None of them comes short when another changes
	 * all the time, and the stream completes when all are closed. At most two states of
	 * each event are kept for a subscriber that is slow.
	 */
	public Flux<T> updates(Set<EventId> events) {
		return Flux.fromIterable(events)
			.flatMapSequential((event) -> encodedUpdates(event).next(), READS_AT_ONCE, 1)
			.collectList()
			.flatMapMany((present) -> Flux.fromIterable(present).concatWith(changesSince(present)))
			.map(Emission::encoded);
	}

	private Flux<Emission<T>> changesSince(List<Emission<T>> present) {
		return Flux.merge(Flux.fromIterable(present).map(this::changesSince), Math.max(present.size(), 1), 1);
	}

	private Flux<Emission<T>> changesSince(Emission<T> present) {
		return present.last() ? Flux.empty()
				: encodedUpdates(present.event()).filter((emission) -> emission.isAfter(present));
	}

	private Flux<Emission<T>> encodedUpdates(EventId event) {
		return Flux.using(() -> join(event), EventStream::emissions, EventStream::leave)
			.filter(new OnlyNewer<>())
			.onBackpressureLatest();
	}

	/**
	 * Who comes at the very moment when a stream is let go opens another.
	 */
	private EventStream<T> join(EventId event) {
		return this.streams.compute(event, (id, open) -> {
			EventStream<T> joined = (open != null) ? open.join() : null;
			return (joined != null) ? joined : open(event).join();
		});
	}

	private EventStream<T> open(EventId event) {
		return new EventStream<>(event, this.signals, this.encoder, this.pace,
				(stream) -> this.streams.remove(event, stream));
	}

	int openStreams() {
		return this.streams.size();
	}

}
