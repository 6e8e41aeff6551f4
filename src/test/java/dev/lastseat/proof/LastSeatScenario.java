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
 * One seat is left when the primary is cut off. It books it by itself, and shows that to
 * itself until the others elect a new primary: then the seat is free again.
 */
final class LastSeatScenario {

	/** Sold until registrations are sealed: two pages of 4. */
	private static final int SEALED_AT = 8;

	/** Some more on the open page, and the last one. */
	static final int SEATS = 11;

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final UserId Y = new UserId("y");

	private static final UserId Z = new UserId("z");

	private final ReplicaSet set;

	private final Workload sale;

	private final String database;

	private final List<String> untrue = new ArrayList<>();

	private final AtomicBoolean yWasTold = new AtomicBoolean();

	LastSeatScenario(ReplicaSet set, Workload sale, String database) {
		this.set = set;
		this.sale = sale;
		this.database = database;
	}

	/**
	 * Leaves the primary of before cut off.
	 * @return whether it went as described; not on a machine so slow that the others
	 * elected a primary before anything was asked
	 */
	boolean play() {
		int primary = sellAllButOne();
		long term = this.set.termWithout(primary);
		this.set.cutOff(primary);

		Answer first = answer("PUT y", this.sale.book(0, Y)).block(TIMEOUT);
		Document alone = stored(primary);
		boolean booked = isBefore(term, primary, List.of(first)) && first.isUnknown()
				&& alone.getInteger("tickets_sold") == SEATS;
		System.out.println(first + ", and the primary that is cut off has sold " + alone.getInteger("tickets_sold")
				+ " of " + SEATS);
		int rounds = lookAroundUntilTheElection(term, primary);

		this.sale.insist(Z).then(this.sale.insist(Y)).block(TIMEOUT);
		return booked && rounds > 0;
	}

	/**
	 * Through one process alone, so that it knows of all that was sealed: else it would
	 * have to read before it books, and could not while the primary is cut off.
	 * @return the number of the primary
	 */
	private int sellAllButOne() {
		sell(0, SEALED_AT);
		int primary = this.set.awaitHealthy();
		Awaitility.await().atMost(TIMEOUT).until(() -> {
			Document event = stored(primary);
			return event.getInteger("segment", 0) > 0 && event.getList("sealing", String.class, List.of()).isEmpty();
		});
		sell(SEALED_AT, SEATS - 1);
		return this.set.awaitHealthy();
	}

	private void sell(int from, int to) {
		Flux.range(from, to - from)
			.concatMap((number) -> this.sale.insist(0, new UserId("early-" + number)))
			.blockLast(TIMEOUT);
	}

	private Document stored(int member) {
		return this.set.member(member).event(this.database, this.sale.id()).orElseThrow();
	}

	/** Through the two other processes, in turns. */
	private int lookAroundUntilTheElection(long term, int primary) {
		long begin = System.nanoTime();
		int rounds = 0;
		while (isBefore(term, primary, lookAround(1 + rounds % 2))) {
			rounds++;
			assertThat(System.nanoTime() - begin).as("time without an election").isLessThan(TIMEOUT.toNanos());
		}
		return rounds;
	}

	private List<Answer> lookAround(int process) {
		boolean told = this.yWasTold.get();
		List<Answer> answers = Flux
			.merge(answer("PUT y", this.sale.book(process, Y)), answer("PUT z", this.sale.book(process, Z)),
					answer("GET y", this.sale.look(process, Y)))
			.collectList()
			.block(TIMEOUT);
		if (told) {
			answers.stream().filter(Answer::isNotRegistered).forEach((answer) -> add(answer, "y was told otherwise"));
		}
		return answers;
	}

	private Mono<Answer> answer(String request, Mono<BookingOutcome> asked) {
		return asked.map((outcome) -> new Answer(request, outcome, null))
			.onErrorResume((fault) -> Mono.just(new Answer(request, null, fault)))
			.doOnNext((answer) -> {
				if (answer.tellsYOfASeat()) {
					this.yWasTold.set(true);
				}
			});
	}

	/**
	 * Whether the answers came before the election. Then nothing can have been decided:
	 * the old primary has no majority, and there is no other.
	 */
	private boolean isBefore(long term, int primary, List<Answer> answers) {
		if (this.set.termWithout(primary) != term) {
			return false;
		}
		answers.stream()
			.filter((answer) -> answer.outcome() != null)
			.forEach((answer) -> add(answer, "decided without a majority"));
		return true;
	}

	private void add(Answer answer, String why) {
		this.untrue.add(answer + ": " + why);
	}

	/**
	 * @return answers that are wrong whatever was stored in the end
	 */
	List<String> untrueAnswers() {
		return List.copyOf(this.untrue);
	}

	/** One of the two, an outcome or a fault. */
	private record Answer(String request, @Nullable BookingOutcome outcome, @Nullable Throwable fault) {

		boolean isUnknown() {
			return this.fault instanceof StorageException.OutcomeUnknown;
		}

		boolean isNotRegistered() {
			return this.fault != null && this.fault.getCause() instanceof BookingClient.NotRegistered;
		}

		boolean tellsYOfASeat() {
			return !this.request.equals("PUT z")
					&& (this.outcome == BookingOutcome.BOOKED || this.outcome == BookingOutcome.ALREADY_REGISTERED);
		}

	}

}
