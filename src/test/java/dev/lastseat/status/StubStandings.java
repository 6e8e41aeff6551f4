package dev.lastseat.status;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import dev.lastseat.booking.DisplayedStandings;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

/**
 * Standings that come from the test, the same in all events.
 */
final class StubStandings implements BiFunction<EventId, Set<UserId>, Mono<DisplayedStandings>> {

	private final StubFeed feed;

	private final Map<UserId, Standing> standings = new ConcurrentHashMap<>();

	/** The users of each read, in order. */
	final List<Set<UserId>> reads = Collections.synchronizedList(new ArrayList<>());

	/** Applied to the result of each read. */
	volatile UnaryOperator<Mono<DisplayedStandings>> delay = UnaryOperator.identity();

	volatile boolean unavailable;

	StubStandings(StubFeed feed) {
		this.feed = feed;
	}

	void put(UserId user, Standing standing) {
		this.standings.put(user, standing);
	}

	@Override
	public Mono<DisplayedStandings> apply(EventId event, Set<UserId> users) {
		return Mono.defer(() -> {
			this.reads.add(users);
			return this.unavailable
					? Mono.error(new StorageException.Unavailable(new IllegalStateException("unavailable")))
					: this.delay.apply(Mono.justOrEmpty(read(event, users)));
		});
	}

	private DisplayedStandings read(EventId event, Set<UserId> users) {
		EventStatus status = this.feed.status(event);
		Map<UserId, Standing> found = new HashMap<>();
		users.forEach((user) -> found.put(user, this.standings.getOrDefault(user, Standing.NONE)));
		return (status != null) ? new DisplayedStandings(status.revision(), found) : null;
	}

}
