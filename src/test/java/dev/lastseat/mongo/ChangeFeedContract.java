package dev.lastseat.mongo;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.status.ChangeNotifier;
import dev.lastseat.status.LiveStatus;
import dev.lastseat.status.StatusUpdate;
import dev.lastseat.status.TestNotifier;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows subscribers the current state of an event.
 */
class ChangeFeedContract extends StorageTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private final List<ChangeNotifier> notifiers = new ArrayList<>();

	/** The live status of a process that makes no writes itself. */
	private LiveStatus<StatusUpdate> liveStatus() {
		return new LiveStatus<>(notifier(), Function.identity());
	}

	private ChangeNotifier notifier() {
		ChangeNotifier notifier = TestNotifier.of(this.storage.feed());
		this.notifiers.add(notifier);
		return notifier;
	}

	/** A feed continues for some seconds after its last subscriber has gone. */
	@AfterEach
	void stopNotifiers() {
		this.notifiers.forEach(ChangeNotifier::stop);
		this.notifiers.clear();
	}

	private static StatusUpdate current(EventId event, int capacity, int ticketsSold, long revision) {
		return new StatusUpdate.Current(
				new EventStatus(event, capacity, ticketsSold, 0, 0, SaleTerms.DEFAULT, revision));
	}

	@Test
	void readsTheStatusOfManyEventsAtOnce() {
		EventId first = this.storage.event(2);
		EventId second = this.storage.event(3);
		this.storage.book(second, ADA, BOB);
		List<EventId> asked = List.of(first, second, new EventId("ffffffffffffffffffffffff"), new EventId("nope"));

		List<EventStatus> found = this.storage.feed().statuses(asked).collectList().block();

		assertThat(found).containsExactlyInAnyOrder(new EventStatus(first, 2, 0, 0, 0, SaleTerms.DEFAULT, 0),
				new EventStatus(second, 3, 2, 0, 0, SaleTerms.DEFAULT, 2));
	}

	@Test
	void returnsNoStatusForAnInvalidId() {
		this.storage.feed().statuses(Set.of(new EventId("nope"))).as(StepVerifier::create).verifyComplete();
	}

	@Test
	void readsNoUserIdsForAStatus() {
		EventId event = this.storage.event(2);
		this.storage.book(event, ADA);
		RecordedCommands commands = new RecordedCommands();

		try (MongoClient recorded = MongoClients.create(this.storage.settings().addCommandListener(commands).build())) {
			this.storage.feed(recorded).statuses(Set.of(event)).blockLast();
		}

		BsonDocument found = commands.answer(0).getDocument("cursor").getArray("firstBatch").get(0).asDocument();
		assertThat(found.keySet()).containsExactlyInAnyOrder("_id", "capacity", "tickets_sold", "revision");
	}

	@Test
	void showsWritesOfThisProcess() {
		EventId event = this.storage.event(5);
		ChangeNotifier notifier = notifier();
		BookingService service = new BookingService(this.repository, Clock.systemUTC(), BookingMonitor.NONE, notifier,
				QueueSettings.DEFAULTS);
		LiveStatus<StatusUpdate> live = new LiveStatus<>(notifier, Function.identity());

		live.updates(event)
			.as(StepVerifier::create)
			.expectNext(current(event, 5, 0, 0))
			.then(() -> service.book(event, ADA).block())
			.expectNext(current(event, 5, 1, 1))
			.then(() -> service.change(event, EventChange.ofCapacity(7), RevisionCondition.NONE).block())
			.expectNext(current(event, 7, 1, 2))
			.then(() -> service.release(event, ADA).block())
			.expectNext(current(event, 7, 0, 3))
			.then(() -> service.delete(event, false, RevisionCondition.NONE).block())
			.expectNext(new StatusUpdate.Closed(event))
			.verifyComplete();
	}

	@Test
	void showsWritesOfAnotherProcess() {
		EventId event = this.storage.event(5);

		liveStatus().updates(event)
			.as(StepVerifier::create)
			.expectNext(current(event, 5, 0, 0))
			.then(() -> this.storage.book(event, ADA))
			.expectNext(current(event, 5, 1, 1))
			.then(() -> this.repository.change(event, EventChange.ofCapacity(7)).block())
			.expectNext(current(event, 7, 1, 2))
			.then(() -> this.repository.release(event, ADA).block())
			.expectNext(current(event, 7, 0, 3))
			.then(() -> this.repository.delete(event).block())
			.expectNext(new StatusUpdate.Closed(event))
			.verifyComplete();
	}

	@Test
	void showsTheSameFinalStateInTwoProcesses() {
		EventId event = this.storage.event(50);
		List<Flux<Long>> streams = Stream.of(liveStatus(), liveStatus())
			.map((live) -> live.updates(event).map(StatusUpdate::revision).takeUntil((revision) -> revision == 40))
			.toList();

		Flux<Integer> sale = Flux.fromStream(IntStream.range(0, 40).boxed())
			.concatMap((number) -> this.repository.book(event, new UserId("buyer-" + number)).thenReturn(number));
		List<List<Long>> seen = Flux.merge(streams.get(0).collectList(), streams.get(1).collectList())
			.mergeWith(sale.then(Mono.empty()))
			.collectList()
			.block();

		assertThat(seen).hasSize(2)
			.allSatisfy((revisions) -> assertThat(revisions).isSorted().doesNotHaveDuplicates().endsWith(40L));
	}

}
