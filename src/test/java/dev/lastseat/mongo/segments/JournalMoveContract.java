package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.stream.IntStream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.BrokenCommands;
import dev.lastseat.mongo.JournalReplay;
import dev.lastseat.mongo.TestStorage;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static dev.lastseat.mongo.segments.SegmentFixture.id;
import static dev.lastseat.mongo.segments.SegmentFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moves the journal of an event to its own collection, whatever process stops after
 * whatever step.
 */
public class JournalMoveContract extends SegmentTest {

	/** The number of entries from which the fixture moves a journal. */
	private static final int FULL = SegmentFixture.TWO.journal();

	private JournalMove move() {
		return new JournalMove(this.storage.collections());
	}

	/** An event for which another process began a move that it does not finish. */
	private EventId moveBegun() {
		EventId event = this.segments.booked(FULL);
		assertThat(move().begin(id(event), FULL).block(TestRun.TIMEOUT)).isTrue();
		return event;
	}

	private JournalSegment moving(EventId event) {
		return move().moving(id(event)).block(TestRun.TIMEOUT);
	}

	/** The journal contains the bookings of users 0, 1 and so on. */
	private void requireBookings(EventId event, int count) {
		List<JournalEntry> journal = JournalReplay.read(this.withoutSealing, event).block(TestRun.TIMEOUT);
		assertThat(journal).extracting(JournalEntry::user)
			.containsExactly(IntStream.range(0, count).mapToObj(SegmentFixture::user).toArray(UserId[]::new));
		assertThat(violation(event, journal)).isNull();
		for (int after = 0; after <= count; after++) {
			for (int limit = 1; limit <= 3; limit++) {
				assertThat(this.withoutSealing.journal(event, after, limit).block(TestRun.TIMEOUT).items())
					.isEqualTo(journal.subList(after, Math.min(after + limit, count)));
			}
		}
	}

	private String violation(EventId event, List<JournalEntry> journal) {
		return JournalReplay.violation(journal, this.withoutSealing.ledger(event).block(TestRun.TIMEOUT));
	}

	@Test
	void movesALongJournalInTheBackground() {
		EventId event = this.storage.event(30);
		IntStream.range(0, 9).forEach((number) -> SegmentFixture.book(this.repository, event, user(number)));

		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.untilAsserted(() -> assertThat(this.stored.read(event).getList("journal", String.class, List.of()))
				.hasSizeLessThan(FULL));
		assertThat(JournalReplay.read(this.repository, event).block(TestRun.TIMEOUT)).hasSize(9);
		assertThat(this.stored.read(event)).containsEntry("revision", 9L);
	}

	/** Holds do not make a segment longer. */
	@Test
	void movesAJournalWithoutBookings() {
		EventId event = this.storage.event(3);
		for (int round = 0; round < FULL; round++) {
			this.segments.holdAndGiveBack(event, user(0));
		}

		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.untilAsserted(() -> assertThat(this.stored.read(event)).containsKey("journal_moved"));
	}

	@Test
	void storesMovedEntriesInTheDocumentedForm() {
		EventId event = this.segments.booked(FULL);
		List<String> texts = this.stored.read(event).getList("journal", String.class);
		assertThat(texts.get(1)).matches("[0-9]{13} booked user-1");

		this.segments.maintain(event);

		assertThat(this.stored.read(event)).containsEntry("journal_moved", (long) FULL)
			.doesNotContainKeys("journal", "journal_moving", "journal_moving_since");
		assertThat(this.stored.journalSegments(event))
			.containsExactly(new Document("_id", new Document("e", id(event)).append("n", 0L)).append("e", id(event))
				.append("last", (long) FULL)
				.append("entries", texts));
		requireBookings(event, FULL);
	}

	@Test
	void movesNothingBeforeTheJournalIsLong() {
		EventId event = this.segments.booked(FULL - 1);

		this.segments.maintain(event);
		assertThat(move().begin(id(event), FULL).block(TestRun.TIMEOUT)).isFalse();

		assertThat(this.stored.read(event)).doesNotContainKeys("journal_moved", "journal_moving");
		assertThat(this.stored.journalSegments(event)).isEmpty();
	}

	@Test
	void everyEntryIsReadableAfterEachStep() {
		EventId event = moveBegun();
		requireBookings(event, FULL);
		assertThat(move().begin(id(event), 1).block(TestRun.TIMEOUT)).isFalse();
		this.segments.book(event, user(FULL));
		assertThat(move().begin(id(event), 1).block(TestRun.TIMEOUT)).isFalse();
		requireBookings(event, FULL + 1);

		JournalSegment segment = moving(event);
		move().insert(segment).block(TestRun.TIMEOUT);
		requireBookings(event, FULL + 1);
		move().insert(segment).block(TestRun.TIMEOUT);
		requireBookings(event, FULL + 1);

		assertThat(move().remove(segment).block(TestRun.TIMEOUT)).isTrue();
		requireBookings(event, FULL + 1);
		assertThat(this.stored.journalSegments(event)).hasSize(1);
	}

	@Test
	void anyProcessFinishesAMoveThatAnotherBegan() {
		EventId afterTheFirstStep = moveBegun();
		EventId afterTheSecondStep = moveBegun();
		move().insert(moving(afterTheSecondStep)).block(TestRun.TIMEOUT);

		this.segments.maintenance().sweep().block(TestRun.TIMEOUT);

		assertThat(List.of(afterTheFirstStep, afterTheSecondStep)).allSatisfy((event) -> {
			assertThat(this.stored.read(event)).containsEntry("journal_moved", (long) FULL)
				.doesNotContainKeys("journal_moving", "journal_moving_since");
			requireBookings(event, FULL);
		});
	}

	/** Its steps come after another process has finished the move and begun the next. */
	@Test
	void aSlowProcessChangesNothing() {
		EventId event = moveBegun();
		JournalSegment slow = moving(event);
		move().finish(id(event)).block(TestRun.TIMEOUT);
		IntStream.range(FULL, 2 * FULL).forEach((number) -> this.segments.book(event, user(number)));
		assertThat(move().begin(id(event), FULL).block(TestRun.TIMEOUT)).isTrue();

		move().insert(slow).block(TestRun.TIMEOUT);
		assertThat(move().remove(slow).block(TestRun.TIMEOUT)).isFalse();

		requireBookings(event, 2 * FULL);
		this.segments.maintain(event);
		requireBookings(event, 2 * FULL);
	}

	@Test
	void continuesTheMoveOfADeletedEvent() {
		EventId event = moveBegun();
		this.withoutSealing.delete(event, true, RevisionCondition.NONE).block(TestRun.TIMEOUT);

		this.segments.maintenance().sweep().block(TestRun.TIMEOUT);

		assertThat(this.stored.read(event)).containsEntry("journal_moved", (long) FULL)
			.doesNotContainKey("journal_moving");
		assertThat(this.withoutSealing.journal(event, FULL - 1, 9).block(TestRun.TIMEOUT).items())
			.extracting((entry) -> entry.op().code())
			.containsExactly("booked", "cancelled");
	}

	@Test
	void keepsTheJournalOfAnEventDeletedLongAgo() {
		EventId event = this.segments.sealed(5);
		this.withoutSealing.delete(event, true, RevisionCondition.NONE).block(TestRun.TIMEOUT);
		MaintenanceSweep sweep = new MaintenanceSweep(this.storage.collections());

		sweep.purgeDeletedEvents(TestStorage.NOW.plusSeconds(1_000_000_000)).block(TestRun.TIMEOUT);

		assertThat(this.stored.read(event)).containsEntry("cleared", true);
		assertThat(JournalReplay.read(this.withoutSealing, event).block(TestRun.TIMEOUT)).hasSize(6);
	}

	/** The negative control of a slow process. */
	@Test
	void withoutTheGuardOfItsPositionASlowProcessLosesEntries() {
		EventId event = moveBegun();
		JournalMove broken = new JournalMove(TestStorage
			.collections(BrokenCommands.WITHOUT_GUARD_OF_JOURNAL.over(this.storage.database()), this.storage.client()));
		JournalSegment slow = moving(event);
		move().finish(id(event)).block(TestRun.TIMEOUT);
		IntStream.range(FULL, 2 * FULL).forEach((number) -> this.segments.book(event, user(number)));
		move().begin(id(event), FULL).block(TestRun.TIMEOUT);

		assertThat(broken.remove(slow).block(TestRun.TIMEOUT)).isTrue();

		assertThat(Flux.defer(() -> this.withoutSealing.journal(event, FULL, 9))
			.collectList()
			.onErrorReturn(List.of())
			.block(TestRun.TIMEOUT)).isEmpty();
	}

}
