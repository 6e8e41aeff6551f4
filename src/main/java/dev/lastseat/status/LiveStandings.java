package dev.lastseat.status;

import java.util.Set;
import java.util.function.BiFunction;

import dev.lastseat.booking.DisplayedStandings;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * The live standing of users. All subscribers of an event share one upstream, with one
 * read for each change, however many users are subscribed. It connects with the first
 * subscriber and closes a few seconds after the last one has left.
 * <p>
 * Each subscriber gets the current standing of its user, then a later one each time it
 * looks different. Standings are conflated to ten a second for each event by limiting the
 * reads. Subscribers that arrive together share a read, at once if the last read was more
 * than 100 ms ago. A slow subscriber misses standings in between, but never the latest,
 * and does not delay other subscribers.
 * <p>
 * A stream ends with {@link StandingUpdate.Closed} when the event does not exist or was
 * deleted. A stream that completes without it ends because the process stops. An outage
 * of the storage does not end a stream: it begins or continues with the standing after
 * the outage.
 */
public final class LiveStandings {

	private final SharedUpstreams<StandingSource, ReadStandings> upstreams;

	/**
	 * @param reader reads the standings of one or more users for display; empty when the
	 * event does not exist
	 */
	public LiveStandings(ChangeNotifier notifier, BiFunction<EventId, Set<UserId>, Mono<DisplayedStandings>> reader) {
		this(notifier, reader, StreamTiming.standard());
	}

	LiveStandings(ChangeNotifier notifier, BiFunction<EventId, Set<UserId>, Mono<DisplayedStandings>> reader,
			StreamTiming timing) {
		this.upstreams = new SharedUpstreams<>((event) -> new StandingSource(event, notifier, reader, timing), timing);
	}

	/**
	 * Subscribes to the standing of a user. For a slow subscriber, one standing at most
	 * is kept in memory.
	 */
	public Flux<StandingUpdate> updates(EventId event, UserId user) {
		return this.upstreams.use(event,
				(upstream) -> Flux.create((sink) -> new StandingSubscriber(event, user, sink).join(upstream),
						FluxSink.OverflowStrategy.LATEST));
	}

	int openUpstreams() {
		return this.upstreams.number();
	}

}
