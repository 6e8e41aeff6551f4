package dev.lastseat.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import reactor.core.publisher.Mono;

/**
 * The refusals that the requests for seats have in common.
 */
final class Refusals {

	private static final ProblemException ALREADY_REGISTERED = ProblemException.constant(ProblemCode.ALREADY_REGISTERED,
			"user already registered for event");

	private static final ProblemException SOLD_OUT = ProblemException.constant(ProblemCode.SOLD_OUT,
			"event capacity reached");

	private static final ProblemException NOT_OPEN = ProblemException.constant(ProblemCode.SALES_NOT_OPEN,
			"the sale has not opened yet");

	private static final ProblemException CLOSED = ProblemException.constant(ProblemCode.SALES_CLOSED,
			"the sale is closed");

	/** When the opening is at most this far away, clients are told to come back at it. */
	private static final Duration EXACT = Duration.ofMinutes(1);

	/**
	 * The maximum {@code Retry-After} before an opening, because an organiser can move
	 * the opening.
	 */
	private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

	private final BookingService service;

	private final Clock clock;

	/**
	 * @param clock of the decisions of the service
	 */
	Refusals(BookingService service, Clock clock) {
		this.service = service;
		this.clock = clock;
	}

	static <T> Mono<T> alreadyRegistered() {
		return Mono.error(ALREADY_REGISTERED);
	}

	static <T> Mono<T> soldOut() {
		return Mono.error(SOLD_OUT);
	}

	/**
	 * @param remaining the number of free seats
	 */
	static <T> Mono<T> soldOut(int remaining) {
		return Mono.error(SOLD_OUT.withRemaining(remaining));
	}

	static <T> Mono<T> closed() {
		return Mono.error(CLOSED);
	}

	/**
	 * Says when the sale opens. If the event was deleted, or its opening was removed,
	 * after the request was decided, then there is no such time.
	 */
	<T> Mono<T> notOpen(EventId event) {
		return this.service.opening(event)
			.map((opensAt) -> NOT_OPEN.withOpening(opensAt, secondsTo(opensAt)))
			.defaultIfEmpty(NOT_OPEN.withRetryAfter(1))
			.flatMap(Mono::error);
	}

	/**
	 * Rounded up. When the opening is more than {@link #EXACT} away, the number is random
	 * between half of the time and the time, so that clients do not come back together.
	 */
	private long secondsTo(Instant opensAt) {
		long seconds = Duration.between(this.clock.instant(), opensAt).plusNanos(999_999_999).getSeconds();
		if (seconds <= EXACT.getSeconds()) {
			return Math.max(seconds, 0);
		}
		long latest = Math.min(seconds, MAX_RETRY_AFTER.getSeconds());
		return ThreadLocalRandom.current().nextLong(latest / 2, latest + 1);
	}

}
