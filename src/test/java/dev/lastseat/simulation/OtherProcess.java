package dev.lastseat.simulation;

import java.util.List;
import java.util.Optional;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import dev.lastseat.history.Recorder;
import org.bson.BsonDocument;

/**
 * Writes to the event through a repository of its own, in no time, just when it hurts:
 * what it does is part of the history.
 */
final class OtherProcess {

	private static final UserId STRANGER = new UserId("stranger");

	private final EventId event;

	private final EventRepository repository;

	private final Recorder recorder;

	OtherProcess(EventId event, EventRepository repository, Recorder recorder) {
		this.event = event;
		this.repository = repository;
		this.recorder = recorder;
	}

	/**
	 * Takes the reason of a refusal away before it is read, and gives one again once it
	 * was looked for.
	 * @return whether the event is another one now
	 */
	boolean interferes(Step step, BsonDocument command, BsonDocument reply) {
		if (!Store.isWrite(command)) {
			return refuses(step);
		}
		return Store.found(reply) == 0 && allows(step);
	}

	private boolean allows(Step step) {
		return switch (step.action()) {
			case BOOK, RESIZE -> whoIsInTheWayOf(step).filter(this::cancels).isPresent();
			case CANCEL -> books(step.user());
		};
	}

	private boolean refuses(Step step) {
		return switch (step.action()) {
			case BOOK -> books(isLastSeat() ? STRANGER : step.user());
			case RESIZE -> books(STRANGER);
			case CANCEL -> cancels(step.user());
		};
	}

	private Optional<UserId> whoIsInTheWayOf(Step step) {
		List<UserId> holders = stored().registrations();
		boolean self = step.action() == Action.BOOK && holders.contains(step.user());
		UserId first = self ? step.user() : STRANGER;
		return holders.contains(first) ? Optional.of(first) : holders.stream().findFirst();
	}

	private boolean isLastSeat() {
		Ledger ledger = stored();
		return ledger.capacity() - ledger.ticketsSold() == 1;
	}

	private Ledger stored() {
		return this.repository.ledger(this.event).block();
	}

	private boolean books(UserId user) {
		return this.recorder.book(user, this.repository.book(this.event, user)).block() == BookingOutcome.BOOKED;
	}

	private boolean cancels(UserId user) {
		return this.recorder.cancel(user, this.repository.release(this.event, user)).block() == ReleaseOutcome.RELEASED;
	}

}
