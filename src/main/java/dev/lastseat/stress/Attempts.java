package dev.lastseat.stress;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Mono;

/**
 * What the attempts of one race do. Every one of them is recorded.
 */
final class Attempts {

	/** Seldom enough for the event to fill up in between, often enough to matter. */
	private static final double RESIZE_SHARE = 0.05;

	/** The other cancellations are of anybody, who may hold no seat. */
	private static final double CANCEL_OF_A_HOLDER = 0.75;

	private final BookingService service;

	private final EventId event;

	private final RaceSettings settings;

	private final Recorder recorder;

	/** Those who were told that they are booked, and nobody has cancelled yet. */
	private final Queue<UserId> holders = new ConcurrentLinkedQueue<>();

	Attempts(BookingService service, EventId event, RaceSettings settings, Recorder recorder) {
		this.service = service;
		this.event = event;
		this.settings = settings;
		this.recorder = recorder;
	}

	/**
	 * @param number from 0; decides who it is for, while what it is is drawn
	 */
	Mono<?> attempt(int number) {
		UserId user = this.settings.userOf(number);
		if (!this.settings.mixed()) {
			return book(user);
		}
		return Mono.defer(() -> {
			double drawn = ThreadLocalRandom.current().nextDouble();
			if (drawn < this.settings.cancel()) {
				return cancel();
			}
			boolean resizes = this.settings.resize() && ThreadLocalRandom.current().nextDouble() < RESIZE_SHARE;
			return resizes ? resize() : book(user).doOnNext((outcome) -> remember(user, outcome));
		});
	}

	private Mono<BookingOutcome> book(UserId user) {
		return this.recorder.book(user, this.service.book(this.event, user));
	}

	private void remember(UserId user, BookingOutcome outcome) {
		if (outcome == BookingOutcome.BOOKED) {
			this.holders.add(user);
		}
	}

	private Mono<?> cancel() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		UserId holder = (random.nextDouble() < CANCEL_OF_A_HOLDER) ? this.holders.poll() : null;
		UserId user = (holder != null) ? holder : this.settings.userOf(random.nextInt(this.settings.users()));
		return this.recorder.cancel(user, this.service.release(this.event, user));
	}

	/** To anything from one seat to twice as many as at the beginning. */
	private Mono<?> resize() {
		long most = Math.min(2L * this.settings.capacity(), EventDraft.MAX_CAPACITY);
		int capacity = (int) ThreadLocalRandom.current().nextLong(1, most + 1);
		return this.recorder.resize(capacity,
				this.service.change(this.event, EventChange.ofCapacity(capacity), RevisionCondition.NONE));
	}

}
