package dev.lastseat.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.lastseat.TestRun;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes each change of an event into its journal, and reads the journal in pages.
 */
class JournalContract extends SaleTest {

	private static final SegmentSize ONE = new SegmentSize(1);

	private static final int MANY = 1_000;

	private List<JournalEntry> journal(EventId event) {
		return this.repository.journal(event, 0, MANY).block().items();
	}

	/** The changes and their users, in the form of the tests. */
	private List<String> changes(EventId event) {
		return journal(event).stream().map(JournalContract::text).toList();
	}

	private static String text(JournalEntry entry) {
		return (entry.user() != null) ? entry.op().code() + " " + entry.user() : entry.op().code();
	}

	@Test
	void containsEachChangeOfSeatsInOrder() {
		EventId event = event(3);
		Instant start = this.clock.instant();
		book(event, ADA);
		hold(event, BOB);
		hold(event, EVE);
		this.clock.advance(Duration.ofMillis(5));
		book(event, BOB);
		releaseHold(event, EVE);
		this.repository.release(event, ADA).block();

		assertThat(journal(event)).containsExactly(new JournalEntry(1, start, Op.BOOKED, ADA),
				new JournalEntry(2, start, Op.HELD, BOB), new JournalEntry(3, start, Op.HELD, EVE),
				new JournalEntry(4, start.plusMillis(5), Op.CONFIRMED, BOB),
				new JournalEntry(5, start.plusMillis(5), Op.HOLD_RELEASED, EVE),
				new JournalEntry(6, start.plusMillis(5), Op.RELEASED, ADA));
	}

	@Test
	void containsNothingOfARequestThatChangesNothing() {
		EventId event = event(1);
		book(event, ADA);
		book(event, ADA);
		book(event, BOB);
		hold(event, BOB);
		this.repository.release(event, EVE).block();
		this.repository.change(event, EventChange.ofCapacity(1), RevisionCondition.ofRevisions(99L)).block();

		assertThat(changes(event)).containsExactly("booked ada");
	}

	@Test
	void containsTheChangesOfAWaitingList() {
		EventId event = event(1);
		UserId joe = new UserId("joe");
		book(event, ADA);
		Stream.of(BOB, EVE, joe).forEach((user) -> decide(event, new Request.Joining(user)));
		decide(event, new Request.Leaving(EVE));
		this.repository.release(event, ADA).block();
		releaseHold(event, BOB);

		assertThat(changes(event)).containsExactly("booked ada", "joined bob", "joined eve", "joined joe", "left eve",
				"released ada", "offered bob", "declined bob", "offered joe");
	}

	@Test
	void containsExpiredHoldsThatASweepRemovesOrOffers() {
		EventId swept = event(2);
		holdAll(swept, ADA);
		EventId offered = event(1);
		holdAll(offered, ADA);
		decide(offered, new Request.Joining(BOB));
		this.clock.advance(HOLD);

		assertThat(sweep(this.repository).collectList().block()).hasSize(2);

		assertThat(changes(swept)).containsExactly("held ada", "expired ada");
		assertThat(changes(offered)).containsExactly("held ada", "joined bob", "expired ada", "offered bob");
	}

	@Test
	void containsExpiredHoldsThatARequestOrALowerCapacityEnds() {
		EventId booked = event(1);
		EventId renewed = event(1);
		EventId lowered = event(2);
		holdAll(booked, ADA);
		holdAll(renewed, ADA);
		holdAll(lowered, ADA, BOB);
		this.clock.advance(HOLD);

		book(booked, BOB);
		hold(renewed, ADA);
		this.repository.change(lowered, EventChange.ofCapacity(1)).block();

		assertThat(changes(booked)).containsExactly("held ada", "expired ada", "booked bob");
		assertThat(changes(renewed)).containsExactly("held ada", "expired ada", "held ada");
		assertThat(changes(lowered)).hasSize(4).endsWith("capacity-changed");
		assertThat(changes(lowered).get(2)).isIn("expired ada", "expired bob");
	}

	@Test
	void containsTheOffersOfAHigherCapacity() {
		EventId event = event(1);
		book(event, ADA);
		decide(event, new Request.Joining(BOB));

		this.repository.change(event, EventChange.ofCapacity(2)).block();

		assertThat(changes(event)).containsExactly("booked ada", "joined bob", "capacity-changed", "offered bob");
		assertThat(journal(event).get(2).user()).isNull();
	}

	/** On a replica set one update by a pipeline, on other servers two updates. */
	@Test
	void containsTheChangesOfARoundThatBooksAndCancels() {
		EventId event = event(2);
		book(event, ADA);

		decide(event, new Request.Cancellation(ADA), new Request.Booking(BOB), new Request.PartyBooking(List.of(EVE)));

		assertThat(changes(event)).containsExactlyInAnyOrder("booked ada", "released ada", "booked bob", "booked eve")
			.startsWith("booked ada");
	}

	@Test
	void storesUserIdsOfAnyCharacters() {
		EventId event = event(3);
		List<UserId> users = Stream.of("$literal", "CN=Ada,O=X", "\"\\.%24{}'").map(UserId::new).toList();

		users.forEach((user) -> book(event, user));

		assertThat(journal(event)).extracting(JournalEntry::user).isEqualTo(users);
	}

	@Test
	void readsPages() {
		EventId event = event(30);
		UserId[] users = users("user-", 23);
		Stream.of(users).forEach((user) -> book(event, user));

		for (int limit : new int[] { 1, 2, 5, 7, 23, 24 }) {
			List<Page<JournalEntry, Long>> pages = this.repository.journal(event, 0, limit)
				.expand((page) -> (page.next() != null) ? this.repository.journal(event, page.next(), limit)
						: Mono.empty())
				.collectList()
				.block();

			assertThat(pages).hasSize((23 + limit - 1) / limit);
			assertThat(pages).flatExtracting(Page::items).extracting(JournalEntry::user).containsExactly(users);
			assertThat(pages).flatExtracting(Page::items)
				.extracting(JournalEntry::seq)
				.containsExactly(IntStream.rangeClosed(1, 23).mapToObj(Long::valueOf).toArray(Long[]::new));
		}
	}

	@Test
	void readsAPageWithoutEntriesBeyondTheEnd() {
		EventId event = event(3);
		assertThat(this.repository.journal(event, 0, 5).block()).isEqualTo(new Page<>(List.of(), null));

		book(event, ADA);

		for (long after : new long[] { 1, 2, 3_000_000_000L, Long.MAX_VALUE }) {
			assertThat(this.repository.journal(event, after, 5).block()).isEqualTo(new Page<>(List.of(), null));
		}
		assertThat(this.repository.journal(new EventId(new ObjectId().toHexString()), 0, 5).blockOptional()).isEmpty();
		assertThat(this.repository.journal(new EventId("no-object-id"), 0, 5).blockOptional()).isEmpty();
	}

	@Test
	void keepsTheJournalOfADeletedEvent() {
		EventId event = event(30);
		Stream.of(users("user-", 9)).forEach((user) -> book(event, user));

		assertThat(this.repository.delete(event, true, RevisionCondition.NONE).block())
			.isEqualTo(DeletionOutcome.DELETED);

		assertThat(changes(event)).hasSize(10).endsWith("booked user-8", "cancelled");
		assertThat(this.repository.journal(event, 10, 5).block()).isEqualTo(new Page<>(List.of(), null));
		assertThat(this.repository.find(event).blockOptional()).isEmpty();
		assertThat(this.stored.read(event).keySet()).isSubsetOf("_id", "capacity", "tickets_sold", "deleted_at",
				"journal", "journal_moved", "journal_moving", "journal_moving_since", "cleared");
	}

	@Test
	void writesNothingWithoutAJournalAndContinuesLater() {
		EventId event = event(9);
		EventRepository without = this.storage.newRepository(this.clock, new SaleSettings(MAX_HOLDS, 9, false));
		book(event, ADA);

		without.book(event, BOB).block();
		decide(without, event, new Request.Holding(EVE));
		without.change(event, EventChange.ofCapacity(8)).block();
		this.clock.advance(HOLD);
		sweep(without).collectList().block();
		assertThat(without.journal(event, 0, 5).block().items()).hasSize(1);
		this.repository.release(event, BOB).block();

		assertThat(changes(event)).containsExactly("booked ada", "released bob");
		without.delete(event, true, RevisionCondition.NONE).block();
		assertThat(changes(event)).containsExactly("booked ada", "released bob");
	}

	@Test
	void deletesTheDocumentOfAnEventThatNeverHadAJournal() {
		EventRepository without = PackageAccess.withoutJournal(this.storage.collections());
		Event event = without.create(new EventDraft("Gala", null, NOW, null, 3), NOW).block();
		without.book(event.id(), ADA).block();

		without.delete(event.id(), true, RevisionCondition.NONE).block();

		assertThat(this.stored.read(event.id())).isNull();
	}

	/**
	 * Three processes change an event whose journal is moved after two entries. A reader
	 * gets every entry once, and in order, whenever it reads.
	 */
	@Test
	@Needs(Feature.ATOMIC_UPDATES)
	void hasNoGapsAndDuplicatesWhileProcessesWriteAndMoveIt() {
		EventId event = this.storage.event(20);
		List<EventRepository> processes = Stream
			.generate(() -> PackageAccess.repository(this.storage.collections(), ONE))
			.limit(3)
			.toList();
		Mono<Boolean> work = Flux.range(0, 150).flatMap((number) -> {
			EventRepository process = processes.get(number % 3);
			UserId user = new UserId("user-" + (number * 7) % 30);
			return (number % 4 == 3) ? process.release(event, user) : process.book(event, user);
		}, 6).then(Mono.just(true)).cache();
		Flux<JournalEntry> reader = this.repository.journal(event, 0, 7)
			.expand((page) -> this.repository.journal(event,
					page.items().isEmpty() ? 0 : page.items().get(page.items().size() - 1).seq(), 7))
			.takeUntilOther(work)
			.flatMapIterable(Page::items);

		List<JournalEntry> read = Mono.zip(reader.distinct().collectList(), work).block(TestRun.TIMEOUT).getT1();

		List<JournalEntry> journal = JournalReplay.read(this.repository, event).block(TestRun.TIMEOUT);
		assertThat(JournalReplay.violation(journal, this.repository.ledger(event).block(TestRun.TIMEOUT))).isNull();
		assertThat(journal).startsWith(read.toArray(JournalEntry[]::new));
		assertThat(this.stored.read(event).getLong("journal_moved")).isPositive();
	}

	/** The negative control of the replay. */
	@Test
	void theReplayFindsAMissingAndADuplicateEntry() {
		EventId event = event(3);
		book(event, ADA);
		book(event, BOB);
		String lost = violationOf(event, Updates.popFirst("journal"));
		assertThat(lost).contains("does not result in");
		String duplicate = violationOf(event, Updates.pushEach("journal", List.of("0 booked ada", "0 booked bob")));
		assertThat(duplicate).contains("impossible entry");
		violationOf(event, Updates.set("journal", List.of("0 booked ada", "0 booked bob")));
	}

	private String violationOf(EventId event, Bson damage) {
		Mono.from(this.storage.collections().events().updateOne(Filters.eq("_id", new ObjectId(event.value())), damage))
			.block();
		return JournalReplay.violation(JournalReplay.read(this.repository, event).block(),
				this.repository.ledger(event).block());
	}

}
