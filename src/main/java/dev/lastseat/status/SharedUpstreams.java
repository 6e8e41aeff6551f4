package dev.lastseat.status;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.lastseat.booking.EventId;
import reactor.core.publisher.Flux;

/**
 * The open upstreams by event.
 */
final class SharedUpstreams<S extends UpdateSource<T>, T> {

	private final Function<EventId, S> sources;

	private final StreamTiming timing;

	private final Map<EventId, SharedUpstream<S, T>> open = new ConcurrentHashMap<>();

	/**
	 * @param sources creates the source of an upstream
	 */
	SharedUpstreams(Function<EventId, S> sources, StreamTiming timing) {
		this.sources = sources;
		this.timing = timing;
	}

	/**
	 * Adds a subscriber to the upstream of an event, until its subscription ends.
	 * @param subscribe makes the subscription of the upstream that was retained
	 */
	<R> Flux<R> use(EventId event, Function<SharedUpstream<S, T>, Flux<R>> subscribe) {
		return Flux.using(() -> retain(event), subscribe, SharedUpstream::release);
	}

	/**
	 * Retains the open upstream of the event, or a new one when it has just been closed.
	 */
	private SharedUpstream<S, T> retain(EventId event) {
		return this.open.compute(event, (id, present) -> {
			if (present != null && present.retain()) {
				return present;
			}
			SharedUpstream<S, T> opened = new SharedUpstream<>(this.sources.apply(event), this.timing,
					(closed) -> this.open.remove(event, closed));
			opened.retain();
			return opened;
		});
	}

	int number() {
		return this.open.size();
	}

}
