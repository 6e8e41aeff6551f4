package dev.lastseat.proof;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.History;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event with a waiting list during a run with faults. Buyers who find it sold out join
 * the list, and some leave it. They accept or decline their offers. Many cancel what they
 * have booked, so that there are offers all the time. The history is checked with the
 * journal, which the services answer at the end.
 */
final class WaitingSale {

	private static final int SEATS = 8;

	/** About four times as many buyers as seats that are booked or freed in a run. */
	private static final Duration BUYER_INTERVAL = Duration.ofMillis(50);

	private static final int MAX_CONCURRENT_BUYERS = 200;

	/** Between two reads of the standing of a waiting user. */
	private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

	/** Longest time between two requests of a buyer, in milliseconds. */
	private static final int MAX_PAUSE = 800;

	private static final int MAX_READS = 50;

	/** No offer ends in a run. */
	private static final SaleTerms TERMS = new SaleTerms(null, null, null, SaleTerms.DEFAULT_OFFER_SECONDS);

	private final Random random;

	private final RecordedEvent event;

	private final SaleRequests requests;

	private final WaitingListClient waitingList;

	/** Creates the event. */
	WaitingSale(List<ServiceProcess> services, Random random) {
		ServiceClient client = new ServiceClient();
		this.random = random;
		this.waitingList = new WaitingListClient(client);
		this.event = new RecordedEvent(services, services.get(0).createEvent(SEATS),
				(event) -> new Recorder(event, SEATS, TERMS, SaleClient.TOLERANCE, Clock.systemUTC(), System::nanoTime),
				new BookingClient(client));
		this.requests = new SaleRequests(this.event, client, random);
	}

	RecordedEvent event() {
		return this.event;
	}

	/**
	 * Sends the requests of new buyers until the signal, and waits for all answers and
	 * timeouts.
	 */
	Mono<Void> run(Mono<?> until) {
		return Flux.interval(BUYER_INTERVAL)
			.onBackpressureDrop()
			.takeUntilOther(until)
			.flatMap((number) -> buy(new UserId("buyer-" + number), until).onErrorComplete(), MAX_CONCURRENT_BUYERS)
			.then();
	}

	private Mono<Void> buy(UserId user, Mono<?> until) {
		return this.requests.book(user).flatMap((outcome) -> switch (outcome) {
			case BOOKED -> perhapsCancel(user);
			case SOLD_OUT -> afterPause(this.requests.join(user)).filter(JoinOutcome::changedEvent)
				.flatMap((joined) -> waitForSeat(user, until));
			default -> Mono.empty();
		});
	}

	/** Some users leave the list. The others accept or decline what they are offered. */
	private Mono<Void> waitForSeat(UserId user, Mono<?> until) {
		if (this.random.nextInt(4) == 0) {
			return afterPause(this.requests.leave(user)).then();
		}
		return offer(user, until).flatMap((offer) -> (this.random.nextInt(3) == 0) ? this.requests.release(offer).then()
				: afterPause(this.requests.confirm(offer)).filter(BookingOutcome.CONFIRMED::equals)
					.flatMap((confirmed) -> perhapsCancel(user)));
	}

	/** Empty when there is none until the signal. */
	private Mono<Hold> offer(UserId user, Mono<?> until) {
		return Mono.defer(() -> this.waitingList.offer(this.event.address(this.random), user))
			.onErrorComplete()
			.repeatWhenEmpty((empty) -> empty.delayElements(POLL_INTERVAL).takeUntilOther(until))
			.onErrorComplete();
	}

	private Mono<Void> perhapsCancel(UserId user) {
		return (this.random.nextInt(4) == 0) ? Mono.empty() : afterPause(this.requests.cancel(user)).then();
	}

	private <T> Mono<T> afterPause(Mono<T> next) {
		return Mono.delay(Duration.ofMillis(this.random.nextInt(MAX_PAUSE))).then(next);
	}

	/**
	 * Reads the journal, the stored state and the journal again until no late write
	 * changes the event between them. Fails when no user joined the list.
	 * @param stored reads the stored state of the event
	 */
	History historyWithJournal(Function<EventId, Ledger> stored) {
		List<JournalEntry> before = null;
		History history = null;
		for (List<JournalEntry> after = journal(); !after.equals(before); after = journal()) {
			before = after;
			history = this.event.history(stored, after);
		}
		assertThat(OperationCounts.of(history.operations()).joined()).as("users that joined").isPositive();
		return history;
	}

	private List<JournalEntry> journal() {
		return Mono.defer(() -> this.waitingList.journal(this.event.address(this.random)))
			.retryWhen(Retry.fixedDelay(MAX_READS, RecordedEvent.RETRY_INTERVAL))
			.block();
	}

}
