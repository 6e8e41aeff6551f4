package dev.lastseat.simulation;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import dev.lastseat.history.Recorder;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

/**
 * Another process that changes the event through its own repository, without delay, at
 * the moments that are critical for a command. Its operations are part of the history.
 */
final class OtherProcess {

	private static final UserId OTHER_USER = new UserId("other-user");

	private final EventId event;

	private final EventRepository repository;

	private final Recorder recorder;

	private final Clock clock;

	OtherProcess(EventId event, EventRepository repository, Recorder recorder, Clock clock) {
		this.event = event;
		this.repository = repository;
		this.recorder = recorder;
		this.clock = clock;
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
			case BOOK, RESIZE, BOOK_PARTY -> userToCancel(step).filter(this::cancel).isPresent();
			case HOLD, HOLD_PARTY -> releaseAnyHold() || userToCancel(step).filter(this::cancel).isPresent();
			case CANCEL -> book(step.user());
			case RELEASE_HOLD -> hold(step.user());
			case LEAVE -> join(step.user());
			case JOIN -> book(OTHER_USER) || leaveAny();
		};
	}

	private boolean makeImpossible(Step step) {
		return switch (step.action()) {
			case BOOK, BOOK_PARTY -> renewAnyHold() || book(isLastSeat() ? OTHER_USER : step.user());
			case HOLD, HOLD_PARTY -> renewAnyHold() || hold(isLastSeat() ? OTHER_USER : step.user());
			case RESIZE -> book(OTHER_USER);
			case CANCEL -> cancel(step.user());
			case RELEASE_HOLD -> releaseHold(step.user());
			case LEAVE -> leave(step.user());
			case JOIN -> join(OTHER_USER) || userToCancel(step).filter(this::cancel).isPresent();
		};
	}

	private Optional<UserId> userToCancel(Step step) {
		List<UserId> registered = stored().registrations();
		boolean isRegistered = step.action() != Action.RESIZE && registered.contains(step.user());
		UserId first = isRegistered ? step.user() : OTHER_USER;
		return registered.contains(first) ? Optional.of(first) : registered.stream().findFirst();
	}

	private boolean isLastSeat() {
		Ledger ledger = stored();
		return ledger.capacity() - ledger.ticketsSold() - ledger.held() == 1;
	}

	private Ledger stored() {
		return this.repository.ledger(this.event).block();
	}

	private boolean book(UserId user) {
		return this.recorder.book(user, this.repository.book(this.event, user)).block().changedEvent();
	}

	private boolean hold(UserId user) {
		return this.recorder.hold(user, decide(new Request.Holding(user)).cast(HoldOutcome.class))
			.block()
			.changedEvent();
	}

	/** Renews an expired hold. */
	private boolean renewAnyHold() {
		return stored().holds()
			.stream()
			.filter((hold) -> hold.isExpired(this.clock.instant()))
			.findFirst()
			.filter((hold) -> hold(hold.user()))
			.isPresent();
	}

	private boolean releaseHold(UserId user) {
		return this.recorder.releaseHold(user, decide(new Request.HoldRelease(user)).cast(HoldReleaseOutcome.class))
			.block()
			.changedEvent();
	}

	private boolean releaseAnyHold() {
		return stored().holds().stream().findFirst().filter((hold) -> releaseHold(hold.user())).isPresent();
	}

	private boolean join(UserId user) {
		return this.recorder.join(user, decide(new Request.Joining(user)).cast(JoinOutcome.class))
			.block()
			.changedEvent();
	}

	private boolean leave(UserId user) {
		return this.recorder.leave(user, decide(new Request.Leaving(user)).cast(LeaveOutcome.class))
			.block()
			.changedEvent();
	}

	private boolean leaveAny() {
		return stored().waiting().stream().findFirst().filter(this::leave).isPresent();
	}

	private Mono<Outcome> decide(Request request) {
		return this.repository.decide(this.event, List.of(request)).single().map(Decision::outcome);
	}

	private boolean cancel(UserId user) {
		return this.recorder.cancel(user, this.repository.release(this.event, user)).block() == ReleaseOutcome.RELEASED;
	}

}
