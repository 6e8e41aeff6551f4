package dev.lastseat.status;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.lastseat.booking.DisplayedStandings;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The standings of all subscribers of one event: one read for each change of the event,
 * and one for the subscribers that have arrived since. Subscribers get the result of a
 * read if it contains their user.
 */
final class StandingSource implements UpdateSource<ReadStandings> {

	private final EventId event;

	private final ChangeNotifier notifier;

	private final BiFunction<EventId, Set<UserId>, Mono<DisplayedStandings>> reader;

	private final StreamTiming timing;

	private final Set<StandingSubscriber> subscribers = ConcurrentHashMap.newKeySet();

	private volatile @Nullable ChangeSubscription subscription;

	/**
	 * @param reader reads the standings of one or more users
	 */
	StandingSource(EventId event, ChangeNotifier notifier,
			BiFunction<EventId, Set<UserId>, Mono<DisplayedStandings>> reader, StreamTiming timing) {
		this.event = event;
		this.notifier = notifier;
		this.reader = reader;
		this.timing = timing;
	}

	/**
	 * Includes a subscriber in the next reads. It calls {@link #readIfUnread} when it has
	 * subscribed to the updates.
	 */
	void add(StandingSubscriber subscriber) {
		this.subscribers.add(subscriber);
	}

	void remove(StandingSubscriber subscriber) {
		this.subscribers.remove(subscriber);
	}

	/**
	 * Asks for a read, unless the subscriber has got its standing. Before the first
	 * signal there is no need to: the read that it causes includes the subscriber.
	 */
	void readIfUnread(StandingSubscriber subscriber) {
		ChangeSubscription present = this.subscription;
		if (present != null && subscriber.isUnread()) {
			present.signal();
		}
	}

	@Override
	public Flux<ReadStandings> updates() {
		return this.timing.conflation()
			.conflate(this.notifier.changes(this.event).doOnNext((present) -> this.subscription = present), this::read)
			.takeUntil(ReadStandings::last)
			.publishOn(this.timing.scheduler(), 1)
			.takeUntilOther(this.notifier.stopped());
	}

	/**
	 * The first read too is repeated after a fault of the storage: its subscribers were
	 * told that the event exists.
	 */
	private Mono<ReadStandings> read(ChangeSubscription present) {
		boolean changed = present.takeChange();
		return Mono.defer(() -> changed ? readAll(present) : readUnread(present)).retryWhen(StreamTiming.STORAGE_RETRY);
	}

	/**
	 * Without subscribers, the empty result replaces the last one, which is outdated now.
	 */
	private Mono<ReadStandings> readAll(ChangeSubscription present) {
		return read((subscriber) -> true, present::recordRead).defaultIfEmpty(ReadStandings.NONE);
	}

	/**
	 * When the event has another revision than the other subscribers know, they are read
	 * as well.
	 */
	private Mono<ReadStandings> readUnread(ChangeSubscription present) {
		return read(StandingSubscriber::isUnread, present::signalIfDifferent);
	}

	/**
	 * @param revision receives the revision of the event that was read
	 * @return empty when there are no such subscribers
	 */
	private Mono<ReadStandings> read(Predicate<StandingSubscriber> which, LongConsumer revision) {
		Set<UserId> users = this.subscribers.stream()
			.filter(which)
			.map(StandingSubscriber::user)
			.collect(Collectors.toSet());
		return users.isEmpty() ? Mono.empty()
				: this.reader.apply(this.event, users)
					.doOnNext((found) -> revision.accept(found.revision()))
					.map((found) -> ReadStandings.of(found.byUser()))
					.defaultIfEmpty(ReadStandings.CLOSED);
	}

}
