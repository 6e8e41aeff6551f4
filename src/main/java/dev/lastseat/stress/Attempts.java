package dev.lastseat.stress;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Mono;

/**
 * The attempts of one race: bookings, cancellations and changes of the capacity. Each is
 * recorded.
 */
final class Attempts {

	/**
	 * The share of capacity changes among the attempts that do not cancel. It is low, so
	 * that the event fills up between two changes.
	 */
	private static final double RESIZE_SHARE = 0.05;

	/**
	 * The share of cancellations for a user who was booked. The others are for a random
	 * user that may have no seat.
	 */
	private static final double CANCEL_OF_BOOKED_USER = 0.75;

	/** Maximum number of users in a party. */
	private static final int MAX_PARTY = 4;

	private final BookingService service;

	private final EventId event;

	private final RaceSettings settings;

	private final Recorder recorder;

	/** The users with the answer BOOKED and without a cancellation since. */
	private final Queue<UserId> bookedUsers = new ConcurrentLinkedQueue<>();

	Attempts(BookingService service, EventId event, RaceSettings settings, Recorder recorder) {
		this.service = service;
		this.event = event;
		this.settings = settings;
		this.recorder = recorder;
	}

	/**
	 * @param number from 0; selects the user. The kind of the attempt is random.
	 */
	Mono<?> attempt(int number) {
		UserId user = this.settings.userOf(number);
		if (!this.settings.mixed()) {
			return book(user);
		}
		return Mono.defer(() -> {
			double random = ThreadLocalRandom.current().nextDouble();
			if (ThreadLocalRandom.current().nextDouble() < this.settings.parties()) {
				return bookParty(number);
			}
			if (ThreadLocalRandom.current().nextDouble() < this.settings.holds()) {
				return hold(user);
			}
			if (random < this.settings.cancel()) {
				return cancel();
			}
			boolean resizes = this.settings.resize() && ThreadLocalRandom.current().nextDouble() < RESIZE_SHARE;
			return resizes ? resize() : book(user).doOnNext((outcome) -> remember(user, outcome));
		});
	}

	private Mono<BookingOutcome> book(UserId user) {
		return this.recorder.book(user, this.service.book(this.event, user));
	}

	/** The users of a party take part in no other attempt. */
	private Mono<?> bookParty(int number) {
		int size = 2 + ThreadLocalRandom.current().nextInt(MAX_PARTY - 1);
		List<UserId> users = IntStream.range(0, size)
			.mapToObj((place) -> new UserId("party-" + number + "-" + place))
			.toList();
		return this.recorder.bookParty(users, this.service.book(this.event, new Request.PartyBooking(users)));
	}

	/** Half of the holds are confirmed, and a fifth is given back. The others expire. */
	private Mono<?> hold(UserId user) {
		double next = ThreadLocalRandom.current().nextDouble();
		return this.recorder.hold(user, this.service.hold(this.event, user)).flatMap((outcome) -> {
			if (outcome.hold() == null || next > 0.7) {
				return Mono.just(outcome);
			}
			return (next < 0.5) ? book(user)
					: this.recorder.releaseHold(user, this.service.releaseHold(this.event, user));
		});
	}

	private void remember(UserId user, BookingOutcome outcome) {
		if (outcome == BookingOutcome.BOOKED) {
			this.bookedUsers.add(user);
		}
	}

	private Mono<?> cancel() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		UserId booked = (random.nextDouble() < CANCEL_OF_BOOKED_USER) ? this.bookedUsers.poll() : null;
		UserId user = (booked != null) ? booked : this.settings.userOf(random.nextInt(this.settings.users()));
		return this.recorder.cancel(user, this.service.release(this.event, user));
	}

	/**
	 * Changes the capacity to a random value from 1 to twice the initial capacity.
	 */
	private Mono<?> resize() {
		long max = Math.min(2L * this.settings.capacity(), EventDraft.MAX_CAPACITY);
		int capacity = (int) ThreadLocalRandom.current().nextLong(1, max + 1);
		return this.recorder.resize(capacity,
				this.service.change(this.event, EventChange.ofCapacity(capacity), RevisionCondition.NONE));
	}

}
