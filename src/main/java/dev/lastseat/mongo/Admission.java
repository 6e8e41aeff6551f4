package dev.lastseat.mongo;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Expectation;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides who of a group gets a seat. A write books all that it names or nobody; when it
 * booked nobody, a look says who cannot be booked, and how many others there are seats
 * for: those who come first, and they are tried again. Nobody is refused but for what a
 * look has seen.
 */
final class Admission {

	private final Function<List<UserId>, Mono<Long>> write;

	private final Function<List<UserId>, Mono<Standing>> look;

	private final int maxAttempts;

	/**
	 * @param write books all of the users or nobody, once for each subscription, and
	 * counts the events that matched: none or one
	 * @param look sees how things stand with the users; empty when there is no such event
	 * @param maxAttempts how many writes in a row may book nobody, 1 or more: after that
	 * the state does not stand still, and any refusal would be a guess
	 */
	Admission(Function<List<UserId>, Mono<Long>> write, Function<List<UserId>, Mono<Standing>> look, int maxAttempts) {
		this.write = write;
		this.look = look;
		this.maxAttempts = maxAttempts;
	}

	/**
	 * @return exactly one decision for each user
	 */
	Flux<Decision> decide(List<UserId> users, Expectation expectation) {
		boolean lookFirst = expectation == Expectation.REFUSALS && users.size() > 1;
		return lookFirst ? explain(users, this.maxAttempts) : book(users, List.of(), this.maxAttempts);
	}

	/**
	 * @param others who are behind them, and whom there was no seat for
	 */
	private Flux<Decision> book(List<UserId> users, List<UserId> others, int attempts) {
		return Mono.defer(() -> this.write.apply(users))
			.flatMapMany((matched) -> (matched == 1)
					? all(users, BookingOutcome.BOOKED).concatWith(explain(others, this.maxAttempts))
					: explain(Stream.concat(users.stream(), others.stream()).toList(), attempts - 1));
	}

	private Flux<Decision> explain(List<UserId> users, int attempts) {
		if (users.isEmpty()) {
			return Flux.empty();
		}
		return this.look.apply(users)
			.map((standing) -> explain(users, standing, attempts))
			.defaultIfEmpty(all(users, BookingOutcome.EVENT_NOT_FOUND))
			.flatMapMany(Function.identity());
	}

	/**
	 * Registered comes first: who holds a seat of a full event is told so, and not that
	 * it is sold out.
	 */
	private Flux<Decision> explain(List<UserId> users, Standing standing, int attempts) {
		Map<Boolean, List<UserId>> registered = users.stream().collect(Collectors.partitioningBy(standing::registered));
		return all(registered.get(true), BookingOutcome.ALREADY_REGISTERED)
			.concatWith(bookFree(registered.get(false), standing.freeSeats(), attempts));
	}

	private Flux<Decision> bookFree(List<UserId> users, int freeSeats, int attempts) {
		if (freeSeats == 0) {
			return all(users, BookingOutcome.SOLD_OUT);
		}
		if (users.isEmpty()) {
			return Flux.empty();
		}
		if (attempts == 0) {
			return Flux.error(StorageException.Busy::new);
		}
		int seated = Math.min(freeSeats, users.size());
		return book(users.subList(0, seated), users.subList(seated, users.size()), attempts);
	}

	static Flux<Decision> all(List<UserId> users, BookingOutcome outcome) {
		return Flux.fromIterable(users).map((user) -> new Decision(user, outcome));
	}

}
