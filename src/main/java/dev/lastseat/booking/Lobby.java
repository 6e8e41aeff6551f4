package dev.lastseat.booking;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.OverloadedException.Reason;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Where all wait whose turn has not come, whatever event they want: so many and so long,
 * and no more and no longer. Who is turned away costs the storage nothing.
 */
final class Lobby {

	private final WaitingRoom room;

	private final Duration maxWait;

	private final BookingMonitor monitor;

	private final Scheduler timer;

	Lobby(LaneSettings settings, BookingMonitor monitor, Scheduler timer) {
		this.room = new WaitingRoom(settings.maxWaiting());
		this.maxWait = settings.maxWait();
		this.monitor = monitor;
		this.timer = timer;
	}

	/**
	 * Lets somebody wait until their turn comes or their time is up; or turns them away.
	 * @param itsOwn room for those who want the same event
	 * @return whether they wait now
	 */
	boolean letIn(Place<?> place, WaitingRoom itsOwn) {
		if (!itsOwn.enter()) {
			turnAway(place, Reason.FULL);
			return false;
		}
		if (!this.room.enter()) {
			itsOwn.leave();
			turnAway(place, Reason.FULL);
			return false;
		}
		Runnable watched = this.monitor.waits();
		Disposable deadline = this.timer.schedule(() -> turnAway(place, Reason.LATE), this.maxWait.toNanos(),
				TimeUnit.NANOSECONDS);
		place.waits(() -> {
			deadline.dispose();
			itsOwn.leave();
			this.room.leave();
			watched.run();
		});
		return true;
	}

	private void turnAway(Place<?> place, Reason reason) {
		if (place.turnAway(reason)) {
			this.monitor.turnsAway(reason);
		}
	}

	/**
	 * Has somebody who does not wait for others take room for as long as they go
	 * unanswered.
	 */
	<T> Mono<T> roomFor(Mono<T> write) {
		return Mono.defer(() -> {
			if (this.room.enter()) {
				return write.doFinally((end) -> this.room.leave());
			}
			this.monitor.turnsAway(Reason.FULL);
			return Mono.error(new OverloadedException(Reason.FULL));
		});
	}

}
