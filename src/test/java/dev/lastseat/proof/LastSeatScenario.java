package dev.lastseat.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The primary is cut off from the other members while one seat is left. It still applies
 * a booking of that seat and can read it, until the other members elect a new primary.
 * The election rolls the booking back, and the seat is free again. No answer may show the
 * state in between.
 */
final class LastSeatScenario {

	/** Two segments of 4: with this number of bookings, registrations are sealed. */
	private static final int SOLD_WHEN_SEALED = 8;

	/** Two more registrations in the open segment, and the last seat. */
	static final int SEATS = 11;

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final UserId Y = new UserId("y");

	private static final UserId Z = new UserId("z");

	private final ReplicaSet set;

	private final Workload workload;

	private final String database;

	private final List<String> untrueAnswers = new ArrayList<>();

	private final AtomicBoolean yHasSeat = new AtomicBoolean();

	LastSeatScenario(ReplicaSet set, Workload workload, String database) {
		this.set = set;
		this.workload = workload;
		this.database = database;
	}

	/**
	 * Runs the scenario, and leaves the old primary cut off.
	 * @return whether all steps happened; {@code false} on a machine so slow that the
	 * election came before the requests
	 */
	boolean run() {
		int primary = sellAllButOne();
		long term = this.set.termWithout(primary);
		this.set.cutOff(primary);

		Answer first = answer("PUT y", this.workload.book(0, Y)).block(TIMEOUT);
		Document onOldPrimary = stored(primary);
		boolean applied = isBefore(term, primary, List.of(first)) && first.isUnknown()
				&& onOldPrimary.getInteger("tickets_sold") == SEATS;
		System.out.println(first + "; tickets_sold on the primary that is cut off: "
				+ onOldPrimary.getInteger("tickets_sold") + " of " + SEATS);
		int rounds = sendRequestsUntilTheElection(term, primary);

		this.workload.bookUntilDecided(Z).then(this.workload.bookUntilDecided(Y)).block(TIMEOUT);
		return applied && rounds > 0;
	}

	/**
	 * Sells through one process only, so that this process knows every sealed segment.
	 * Otherwise it would have to read before it books, which is impossible while the
	 * primary is cut off.
	 * @return the number of the primary
	 */
	private int sellAllButOne() {
		sell(0, SOLD_WHEN_SEALED);
		int primary = this.set.awaitHealthy();
		Awaitility.await().atMost(TIMEOUT).until(() -> {
			Document event = stored(primary);
			return event.getInteger("segment", 0) > 0 && event.getList("sealing", String.class, List.of()).isEmpty();
		});
		sell(SOLD_WHEN_SEALED, SEATS - 1);
		return this.set.awaitHealthy();
	}

	private void sell(int from, int to) {
		Flux.range(from, to - from)
			.concatMap((number) -> this.workload.bookUntilDecided(0, new UserId("early-" + number)))
			.blockLast(TIMEOUT);
	}

	private Document stored(int member) {
		return this.set.member(member).event(this.database, this.workload.event().id()).orElseThrow();
	}

	/** Sends the requests through the two other processes, alternating. */
	private int sendRequestsUntilTheElection(long term, int primary) {
		long begin = System.nanoTime();
		int rounds = 0;
		while (isBefore(term, primary, sendRequests(1 + rounds % 2))) {
			rounds++;
			assertThat(System.nanoTime() - begin).as("time without an election").isLessThan(TIMEOUT.toNanos());
		}
		return rounds;
	}

	private List<Answer> sendRequests(int process) {
		boolean hadSeat = this.yHasSeat.get();
		List<Answer> answers = Flux
			.merge(answer("PUT y", this.workload.book(process, Y)), answer("PUT z", this.workload.book(process, Z)),
					answer("GET y", this.workload.readRegistration(process, Y)))
			.collectList()
			.block(TIMEOUT);
		if (hadSeat) {
			answers.stream()
				.filter(Answer::isNotRegistered)
				.forEach((answer) -> addUntrue(answer, "an earlier answer says that y is registered"));
		}
		return answers;
	}

	private Mono<Answer> answer(String request, Mono<BookingOutcome> outcome) {
		return outcome.map((value) -> new Answer(request, value, null))
			.onErrorResume((fault) -> Mono.just(new Answer(request, null, fault)))
			.doOnNext((answer) -> {
				if (answer.confirmsSeatOfY()) {
					this.yHasSeat.set(true);
				}
			});
	}

	/**
	 * Whether the answers came before the election. If so, an answer with an outcome is
	 * untrue: the old primary has no majority, and there is no other primary.
	 */
	private boolean isBefore(long term, int primary, List<Answer> answers) {
		if (this.set.termWithout(primary) != term) {
			return false;
		}
		answers.stream()
			.filter((answer) -> answer.outcome() != null)
			.forEach((answer) -> addUntrue(answer, "decided without a majority"));
		return true;
	}

	private void addUntrue(Answer answer, String reason) {
		this.untrueAnswers.add(answer + ": " + reason);
	}

	/**
	 * @return answers that are wrong, whatever is stored at the end
	 */
	List<String> untrueAnswers() {
		return List.copyOf(this.untrueAnswers);
	}

	/** An answer with either an outcome or a fault. */
	private record Answer(String request, @Nullable BookingOutcome outcome, @Nullable Throwable fault) {

		boolean isUnknown() {
			return this.fault instanceof StorageException.OutcomeUnknown;
		}

		boolean isNotRegistered() {
			return this.fault != null && this.fault.getCause() instanceof BookingClient.NotRegistered;
		}

		boolean confirmsSeatOfY() {
			return !this.request.equals("PUT z")
					&& (this.outcome == BookingOutcome.BOOKED || this.outcome == BookingOutcome.ALREADY_REGISTERED);
		}

	}

}
