package dev.lastseat.booking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Those who want the same event, in line. One turn is under way at a time; who comes
 * meanwhile waits, and goes along in the next one: as many of those who book as fit in a
 * group, or those who give a seat back, one after the other. The latter go first, so that
 * who waits gets the seats that they give back, and then they let a group pass.
 * <p>
 * A lane is there from when somebody comes until nobody waits any more. Nothing in it is
 * due to a timer but the end of a wait, or of a turn, that has been too long.
 */
final class Lane {

	private final EventId event;

	private final Writes writes;

	private final LaneSettings settings;

	private final Lobby lobby;

	private final WaitingRoom room;

	private final Consumer<Lane> whenEmpty;

	private final Arrivals<Place<?>> arrivals = new Arrivals<>();

	// From here on for the turn alone, and so without any guard.

	private final Queue<Place.Booking> bookings = new ArrayDeque<>();

	private final Queue<Place.Release> releases = new ArrayDeque<>();

	private boolean groupIsDue;

	private Expectation expectation = Expectation.BOOKINGS;

	/**
	 * @param first for whom the lane is there, and who does not wait
	 * @param whenEmpty told once, when nobody can join any more
	 */
	Lane(EventId event, Place<?> first, Writes writes, LaneSettings settings, Lobby lobby, Consumer<Lane> whenEmpty) {
		this.event = event;
		this.writes = writes;
		this.settings = settings;
		this.lobby = lobby;
		this.room = new WaitingRoom(settings.maxWaitingPerEvent());
		this.whenEmpty = whenEmpty;
		lineUp(first);
	}

	/**
	 * Lines up behind the others, or is turned away.
	 * @return false when the lane is gone: there must be another one
	 */
	boolean join(Place<?> place) {
		if (!this.lobby.letIn(place, this.room) || this.arrivals.add(place)) {
			return true;
		}
		place.waitIsOver();
		return false;
	}

	/**
	 * Takes turn after turn until nobody waits any more. It has no end of its own: those
	 * who leave are left out, and the others have to be served.
	 */
	void run() {
		Mono.defer(this::turn).repeat(this::somebodyWaits).subscribe();
	}

	/**
	 * @return completes when it is over, whatever came of it
	 */
	private Mono<Void> turn() {
		if (this.releases.isEmpty() || (this.groupIsDue && !this.bookings.isEmpty())) {
			this.groupIsDue = false;
			return admit(nextBookings());
		}
		this.groupIsDue = true;
		return releaseEach(Math.min(this.releases.size(), this.settings.maxBatch()));
	}

	private List<Place.Booking> nextBookings() {
		List<Place.Booking> next = new ArrayList<>();
		while (next.size() < this.settings.maxBatch() && !this.bookings.isEmpty()) {
			Place.Booking place = this.bookings.remove();
			if (place.takesTurn()) {
				next.add(place);
			}
		}
		return next;
	}

	private Mono<Void> admit(List<Place.Booking> places) {
		if (places.isEmpty()) {
			return Mono.empty();
		}
		Group group = new Group(places);
		Flux<Decision> decisions = this.writes.book(this.event, group.users(), this.expectation);
		return this.writes.inTime(decisions.doOnNext(group::decided).then())
			.doOnError(group::failed)
			.onErrorComplete()
			.contextWrite(group.context())
			.doOnSuccess((done) -> {
				group.complete();
				this.expectation = group.forTheNext();
			});
	}

	private Mono<Void> releaseEach(int howMany) {
		return Flux.range(0, howMany).concatMap((number) -> release(this.releases.remove())).then();
	}

	private Mono<Void> release(Place.Release place) {
		if (!place.takesTurn()) {
			return Mono.empty();
		}
		return this.writes.inTime(this.writes.release(this.event, place.user()))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("no outcome")))
			.doOnNext(place::answer)
			.doOnError(place::fail)
			.onErrorComplete()
			.contextWrite(place.context())
			.then();
	}

	private boolean somebodyWaits() {
		do {
			this.arrivals.takeIn(this::lineUp);
			if (!this.bookings.isEmpty() || !this.releases.isEmpty()) {
				return true;
			}
		}
		while (!this.arrivals.close());
		this.whenEmpty.accept(this);
		return false;
	}

	private void lineUp(Place<?> place) {
		if (place instanceof Place.Booking booking) {
			this.bookings.add(booking);
		}
		else if (place instanceof Place.Release release) {
			this.releases.add(release);
		}
	}

}
