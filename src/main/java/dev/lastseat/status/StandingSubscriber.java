package dev.lastseat.status;

import java.util.Objects;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.FluxSink;

/**
 * A subscriber of the standing of one user. Passes a standing on if it looks different
 * from the one before.
 */
final class StandingSubscriber extends BaseSubscriber<ReadStandings> {

	private final EventId event;

	private final UserId user;

	private final FluxSink<StandingUpdate> sink;

	private volatile @Nullable Standing last;

	StandingSubscriber(EventId event, UserId user, FluxSink<StandingUpdate> sink) {
		this.event = event;
		this.user = user;
		this.sink = sink;
	}

	/**
	 * Subscribes to the upstream until the sink is cancelled or terminated. This
	 * subscriber is added to the source before, so that reads include it, and asks for a
	 * read afterwards, so that it gets the result.
	 */
	void join(SharedUpstream<StandingSource, ReadStandings> upstream) {
		StandingSource source = upstream.source();
		source.add(this);
		upstream.updates().subscribe(this);
		source.readIfUnread(this);
		this.sink.onDispose(() -> {
			source.remove(this);
			dispose();
		});
	}

	UserId user() {
		return this.user;
	}

	/**
	 * Whether no standing has arrived yet.
	 */
	boolean isUnread() {
		return this.last == null;
	}

	@Override
	protected void hookOnSubscribe(Subscription upstream) {
		requestUnbounded();
	}

	@Override
	protected void hookOnNext(ReadStandings read) {
		Standing standing = read.byUser().get(this.user);
		if (read.last()) {
			this.sink.next(new StandingUpdate.Closed(this.event));
		}
		else if (standing != null && !looksLike(standing, this.last)) {
			this.last = standing;
			this.sink.next(new StandingUpdate.Current(this.event, this.user, standing));
		}
	}

	/**
	 * The length of the waiting list is not shown.
	 */
	private static boolean looksLike(Standing standing, @Nullable Standing other) {
		return other != null && standing.state() == other.state() && Objects.equals(standing.hold(), other.hold())
				&& position(standing) == position(other);
	}

	private static int position(Standing standing) {
		WaitingPlace place = standing.place();
		return (place != null) ? place.position() : 0;
	}

	@Override
	protected void hookOnComplete() {
		this.sink.complete();
	}

	@Override
	protected void hookOnError(Throwable error) {
		this.sink.error(error);
	}

}
