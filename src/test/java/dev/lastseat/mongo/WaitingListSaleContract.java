package dev.lastseat.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.SettableClock;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.Recorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sold-out event of 100 seats with 500 waiting users, in three processes: 60 seats are
 * released at once while new users ask for them, and 20 of the offers expire.
 */
abstract class WaitingListSaleContract extends StorageTest {

	private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

	private static final int SEATS = 100;

	private static final int WAITING = 500;

	private static final int RELEASED = 60;

	private static final int EXPIRED = 20;

	private static final SaleTerms TERMS = new SaleTerms(null, null, null, SaleTerms.MIN_OFFER_SECONDS);

	private final SettableClock clock = new SettableClock(NOW);

	private List<BookingService> processes;

	private EventId event;

	private Recorder recorder;

	@BeforeEach
	void startProcesses() {
		this.processes = Flux.range(0, 3)
			.map((number) -> new BookingService(this.storage.newRepository(this.clock, SaleSettings.DEFAULT),
					this.clock, BookingMonitor.NONE, (event) -> {
					}, new QueueSettings(256, 10_000, 10_000, Duration.ofMinutes(1), Duration.ofMinutes(1))))
			.collectList()
			.block();
		this.event = this.processes.get(0).create(new EventDraft("Gala", null, NOW, null, SEATS, TERMS)).block().id();
		long start = System.nanoTime();
		// The time of the test, plus the jumps of the clock of the processes.
		this.recorder = new Recorder(this.event, SEATS, TERMS, Duration.ofMinutes(1), this.clock,
				() -> System.nanoTime() - start + Duration.between(NOW, this.clock.instant()).toNanos());
	}

	private static List<UserId> users(String name, int count) {
		return IntStream.range(0, count).mapToObj((number) -> new UserId(name + number)).toList();
	}

	/** Calls the processes in turn, one call for each user. */
	private <T> Flux<T> each(List<UserId> users, BiFunction<BookingService, UserId, Mono<T>> call) {
		return Flux.range(0, users.size())
			.flatMap((number) -> call.apply(this.processes.get(number % this.processes.size()), users.get(number)),
					users.size());
	}

	private Mono<BookingOutcome> book(BookingService process, UserId user) {
		return this.recorder.book(user, process.book(this.event, user));
	}

	private Ledger stored() {
		return this.repository.ledger(this.event).block();
	}

	private static List<UserId> holders(Ledger ledger) {
		return ledger.holds().stream().map(Hold::user).toList();
	}

	@Test
	void offersReleasedSeatsToTheFirstUsersOfTheListOnly() {
		List<UserId> buyers = users("buyer-", SEATS);
		List<UserId> waiting = users("waiting-", WAITING);
		each(buyers, this::book).blockLast();
		Flux.fromIterable(waiting)
			.concatMap((user) -> this.recorder.join(user, this.processes.get(0).join(this.event, user)))
			.map(JoinOutcome::kind)
			.doOnNext((kind) -> assertThat(kind).isEqualTo(JoinOutcome.Kind.JOINED))
			.blockLast();

		Flux<ReleaseOutcome> releases = each(buyers.subList(0, RELEASED),
				(process, user) -> this.recorder.cancel(user, process.release(this.event, user)));
		Flux<BookingOutcome> newUsers = each(users("new-", 300), this::book);
		Flux.merge(releases.doOnNext((outcome) -> assertThat(outcome).isEqualTo(ReleaseOutcome.RELEASED)),
				newUsers.doOnNext((outcome) -> assertThat(outcome).isEqualTo(BookingOutcome.SOLD_OUT)))
			.blockLast();

		assertThat(stored().holds()).allMatch(Hold::offer);
		assertThat(holders(stored())).containsExactlyInAnyOrderElementsOf(waiting.subList(0, RELEASED));
		assertThat(stored().waiting()).isEqualTo(waiting.subList(RELEASED, WAITING));

		each(waiting.subList(EXPIRED, RELEASED), this::book)
			.doOnNext((outcome) -> assertThat(outcome).isEqualTo(BookingOutcome.CONFIRMED))
			.blockLast();
		this.clock.advance(Duration.ofSeconds(SaleTerms.MIN_OFFER_SECONDS));
		Flux.fromIterable(this.processes).flatMap(BookingService::removeExpiredHolds).blockLast();

		assertThat(holders(stored()))
			.containsExactlyInAnyOrderElementsOf(waiting.subList(RELEASED, RELEASED + EXPIRED));
		expectExplainedByTheJournal(waiting.subList(0, RELEASED + EXPIRED));
	}

	private void expectExplainedByTheJournal(List<UserId> offered) {
		List<JournalEntry> journal = this.repository.journal(this.event, 0, 10_000).map(Page::items).block();
		Function<JournalEntry, UserId> user = JournalEntry::user;
		assertThat(journal).filteredOn((entry) -> entry.op() == Op.OFFERED)
			.extracting(user)
			.containsExactlyElementsOf(offered);
		assertThat(this.recorder.history(this.repository.ledger(this.event), Mono.just(journal))
			.map(CheckResult::of)
			.block()).isEqualTo(new CheckResult.Linearizable());
	}

}
