package dev.lastseat.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which entries subscribers get, and which reads they cause, in virtual time.
 */
class LiveJournalTest {

	private static final EventId GALA = new EventId("gala");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final StubFeed feed = new StubFeed();

	private final ChangeNotifier notifier = new ChangeNotifier(this.feed);

	/** Null when the event is unknown. */
	private List<JournalEntry> journal = new ArrayList<>();

	/** The positions of the reads, in order. */
	private final List<Long> reads = new ArrayList<>();

	private UnaryOperator<Mono<Page<JournalEntry, Long>>> delay = UnaryOperator.identity();

	private boolean unavailable;

	private final LiveJournal live = new LiveJournal(this.notifier, this::read, StreamTiming.standard());

	@BeforeEach
	void start() {
		this.feed.create(GALA.value());
		this.notifier.start();
	}

	@AfterEach
	void reset() {
		VirtualTimeScheduler.reset();
	}

	private Mono<Page<JournalEntry, Long>> read(EventId event, long after, int limit) {
		this.reads.add(after);
		if (this.unavailable) {
			return Mono.error(new StorageException.Unavailable(new IllegalStateException("unavailable")));
		}
		return this.delay.apply(Mono.justOrEmpty(this.journal).map((entries) -> page(entries, after, limit)));
	}

	private static Page<JournalEntry, Long> page(List<JournalEntry> entries, long after, int limit) {
		int start = (int) Math.min(after, entries.size());
		int end = Math.min(start + limit, entries.size());
		return new Page<>(entries.subList(start, end), (end < entries.size()) ? (long) end : null);
	}

	private Received subscribe(long after, long demand) {
		Received received = new Received(demand);
		this.live.updates(GALA, after).subscribe(received);
		return received;
	}

	private Received subscribe(long after) {
		return subscribe(after, Long.MAX_VALUE);
	}

	/** Another process writes entries. No hint is emitted. */
	private void store(int entries) {
		IntStream.range(0, entries).forEach((number) -> store(JournalEntry.Op.BOOKED));
	}

	private void store(JournalEntry.Op op) {
		this.journal.add(new JournalEntry(this.journal.size() + 1, Instant.EPOCH, op, new UserId("ada")));
	}

	private void change() {
		this.notifier.mayHaveChanged(GALA);
		advance(0);
	}

	private void advance(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	private static Long[] sequence(long first, long last) {
		return LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
	}

	@Test
	void sendsTheStoredEntriesAndThenEachNewOne() {
		store(3);
		Received received = subscribe(0);
		assertThat(received.entries).containsExactly(1L, 2L, 3L);
		advance(1_000);

		store(1);
		change();
		advance(1_000);
		store(2);
		this.feed.emit(new ChangeHint.OfEvent(GALA, 6));

		assertThat(received.entries).containsExactly(sequence(1, 6));
	}

	@Test
	void sendsOnlyTheEntriesAfterAPosition() {
		store(5);
		Received received = subscribe(3);
		advance(1_000);
		store(1);
		change();

		assertThat(received.entries).containsExactly(4L, 5L, 6L);
	}

	@Test
	void sendsNoEmptyUpdate() {
		Received received = subscribe(0);
		advance(1_000);
		change();
		advance(1_000);

		assertThat(received.updates).isZero();
		assertThat(this.reads).containsExactly(0L, 0L);
	}

	@Test
	void readsAllPagesOfALongJournal() {
		store(2 * JournalReader.PAGE_SIZE + 1);

		Received received = subscribe(0);

		assertThat(received.entries).containsExactly(sequence(1, 2 * JournalReader.PAGE_SIZE + 1));
		assertThat(received.updates).isEqualTo(3);
		assertThat(this.reads).containsExactly(0L, 1_000L, 2_000L);
	}

	@Test
	void readsNoPageThatIsNotRequested() {
		store(3 * JournalReader.PAGE_SIZE);
		Received received = subscribe(0, 1);
		advance(10_000);
		change();
		assertThat(received.updates).isOne();
		assertThat(this.reads).containsExactly(0L);

		received.request(1);
		advance(10_000);

		assertThat(received.updates).isEqualTo(2);
		assertThat(this.reads).containsExactly(0L, 1_000L);
	}

	@Test
	void readsNothingBeforeTheFirstRequest() {
		store(1);

		subscribe(0, 0);
		advance(10_000);

		assertThat(this.reads).isEmpty();
	}

	@Test
	void readsOnceMoreForManyChangesDuringARead() {
		store(1);
		Received received = subscribe(0);
		advance(1_000);
		this.delay = (read) -> read.delayElement(Duration.ofMillis(40));
		store(1);
		change();
		for (int i = 0; i < 20; i++) {
			store(1);
			change();
			advance(1);
		}
		advance(1_000);

		assertThat(received.entries).containsExactly(sequence(1, 22));
		assertThat(this.reads).containsExactly(0L, 1L, 2L);
	}

	@Test
	void readsTenTimesASecondDuringContinuousChanges() {
		Received received = subscribe(0);
		for (int i = 0; i < 1_000; i++) {
			store(1);
			change();
			advance(1);
		}
		advance(1_000);

		assertThat(received.entries).containsExactly(sequence(1, 1_000));
		assertThat(this.reads).hasSize(11);
	}

	@Test
	void findsEntriesWhenAHintNamesNoEvent() {
		Received received = subscribe(0);
		advance(1_000);

		store(1);
		this.feed.emit(new ChangeHint.OfAnyEvent());
		advance(1_000);
		store(1);
		this.feed.emit(new ChangeHint.OfAnyEvent());

		assertThat(received.entries).containsExactly(1L, 2L);
	}

	@Test
	void closesAfterTheEntryOfTheDeletion() {
		store(2);
		Received received = subscribe(0);
		advance(1_000);

		store(1);
		store(JournalEntry.Op.CANCELLED);
		change();

		assertThat(received.entries).containsExactly(sequence(1, 4));
		assertThat(received.closed).isTrue();
		assertThat(received.completed).isTrue();
		assertThat(this.notifier.subscribedEvents()).isEmpty();
	}

	@Test
	void closesForASubscriberThatHasTheEntryOfTheDeletion() {
		store(2);
		store(JournalEntry.Op.CANCELLED);

		Received received = subscribe(3);

		assertThat(received.entries).isEmpty();
		assertThat(received.closed).isTrue();
		assertThat(received.completed).isTrue();
	}

	@Test
	void closesWhenTheEventIsUnknown() {
		this.journal = null;

		Received received = subscribe(0);

		assertThat(received.closed).isTrue();
		assertThat(received.completed).isTrue();
	}

	@Test
	void continuesWithTheSameEntryAfterAnOutage() {
		store(2);
		Received received = subscribe(0);
		advance(1_000);

		this.unavailable = true;
		store(1);
		change();
		store(1);
		change();
		advance(60_000);
		assertThat(received.entries).containsExactly(1L, 2L);
		this.unavailable = false;
		advance(10_000);

		assertThat(received.entries).containsExactly(sequence(1, 4));
		assertThat(received.error).isNull();
	}

	@Test
	void failsAfterAFaultThatIsNotOfTheStorage() {
		this.delay = (read) -> Mono.error(new IllegalStateException("broken"));

		assertThat(subscribe(0).error).hasMessage("broken");
		assertThat(this.notifier.subscribedEvents()).isEmpty();
	}

	@Test
	void waitsForEntriesAfterAPositionBeyondTheEnd() {
		store(2);
		Received received = subscribe(4);
		advance(1_000);
		store(3);
		change();

		assertThat(received.entries).containsExactly(5L);
	}

	@Test
	void leavesNothingOpenAfterItIsCancelled() {
		Received received = subscribe(0);

		received.cancel();

		assertThat(this.notifier.subscribedEvents()).isEmpty();
		assertThat(this.feed.subscribers).hasValue(0);
	}

	@Test
	void completesWhenTheProcessStops() {
		Received received = subscribe(0);
		this.unavailable = true;
		change();

		this.notifier.stop();

		assertThat(received.completed).isTrue();
		assertThat(received.closed).isFalse();
		assertThat(this.notifier.subscribedEvents()).isEmpty();
	}

	/** Records what one subscriber gets. */
	private static final class Received extends BaseSubscriber<JournalUpdate> {

		final List<Long> entries = new ArrayList<>();

		private final long demand;

		int updates;

		boolean closed;

		Throwable error;

		boolean completed;

		Received(long demand) {
			this.demand = demand;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			if (this.demand > 0) {
				subscription.request(this.demand);
			}
		}

		@Override
		protected void hookOnNext(JournalUpdate update) {
			this.updates++;
			update.entries().forEach((entry) -> this.entries.add(entry.seq()));
			this.closed = update.last();
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.error = error;
		}

		@Override
		protected void hookOnComplete() {
			this.completed = true;
		}

	}

}
