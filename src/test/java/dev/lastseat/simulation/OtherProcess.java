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
 * Another process that changes the event through its own repository, without delay, at
 * the moments that are critical for a command. Its operations are part of the history.
 */
final class OtherProcess {

	private static final UserId OTHER_USER = new UserId("other-user");

	private final EventId event;

	private final EventRepository repository;

	private final Recorder recorder;

	OtherProcess(EventId event, EventRepository repository, Recorder recorder) {
		this.event = event;
		this.repository = repository;
		this.recorder = recorder;
	}

	/**
	 * After a write without a match, removes the reason before the command reads it.
	 * After that read, creates a reason again.
	 * @return whether it changed the event
	 */
	boolean interfere(Step step, BsonDocument command, BsonDocument reply) {
		if (!Store.isWrite(command)) {
			return makeImpossible(step);
		}
		return Store.found(reply) == 0 && makePossible(step);
	}

	private boolean makePossible(Step step) {
		return switch (step.action()) {
			case BOOK, RESIZE -> userToCancel(step).filter(this::cancel).isPresent();
			case CANCEL -> book(step.user());
		};
	}

	private boolean makeImpossible(Step step) {
		return switch (step.action()) {
			case BOOK -> book(isLastSeat() ? OTHER_USER : step.user());
			case RESIZE -> book(OTHER_USER);
			case CANCEL -> cancel(step.user());
		};
	}

	private Optional<UserId> userToCancel(Step step) {
		List<UserId> registered = stored().registrations();
		boolean isRegistered = step.action() == Action.BOOK && registered.contains(step.user());
		UserId first = isRegistered ? step.user() : OTHER_USER;
		return registered.contains(first) ? Optional.of(first) : registered.stream().findFirst();
	}

	private boolean isLastSeat() {
		Ledger ledger = stored();
		return ledger.capacity() - ledger.ticketsSold() == 1;
	}

	private Ledger stored() {
		return this.repository.ledger(this.event).block();
	}

	private boolean book(UserId user) {
		return this.recorder.book(user, this.repository.book(this.event, user)).block() == BookingOutcome.BOOKED;
	}

	private boolean cancel(UserId user) {
		return this.recorder.cancel(user, this.repository.release(this.event, user)).block() == ReleaseOutcome.RELEASED;
	}

}
