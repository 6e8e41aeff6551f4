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
 * What must hold on every storage engine for those who watch.
 */
abstract class ChangeFeedContract extends OutageContract {

	private final List<ChangeNotifier> processes = new ArrayList<>();

	/** A process that watches. It does not know what the tests write past it. */
	private LiveStatus<StatusUpdate> watcher() {
		return new LiveStatus<>(signals(), Function.identity());
	}

	private ChangeNotifier signals() {
		ChangeNotifier signals = TestNotifier.of(feed(this.client));
		this.processes.add(signals);
		return signals;
	}

	/** They would go on for some seconds after the last subscriber has gone. */
	@AfterEach
	void stopWatching() {
		this.processes.forEach(ChangeNotifier::stop);
		this.processes.clear();
	}

	private static StatusUpdate present(EventId event, int capacity, int ticketsSold, long revision) {
		return new StatusUpdate.Current(new EventStatus(event, capacity, ticketsSold, revision));
	}

	@Test
	void readsTheStatusOfManyEventsAtOnce() {
		EventId first = event(2);
		EventId second = event(3);
		book(second, ADA, BOB);
		List<EventId> asked = List.of(first, second, new EventId("ffffffffffffffffffffffff"), new EventId("nope"));

		List<EventStatus> found = feed(this.client).statuses(asked).collectList().block();

		assertThat(found).containsExactlyInAnyOrder(new EventStatus(first, 2, 0, 0), new EventStatus(second, 3, 2, 2));
	}

	@Test
	void readsNothingOfEventsThatCannotBe() {
		feed(this.client).statuses(Set.of(new EventId("nope"))).as(StepVerifier::create).verifyComplete();
	}

	@Test
	void bringsNobodysNameOverTheWireForAStatus() {
		EventId event = event(2);
		book(event, ADA);
		RecordedCommands commands = new RecordedCommands();

		try (MongoClient recorded = MongoClients
			.create(settings(connectionString()).addCommandListener(commands).build())) {
			feed(recorded).statuses(Set.of(event)).blockLast();
		}

		BsonDocument found = commands.answer(0).getDocument("cursor").getArray("firstBatch").get(0).asDocument();
		assertThat(found.keySet()).containsExactlyInAnyOrder("_id", "capacity", "tickets_sold", "revision");
	}

	@Test
	void tellsAtOnceWhatThisProcessWrites() {
		EventId event = event(5);
		ChangeNotifier signals = signals();
		BookingService service = new BookingService(this.repository, Clock.systemUTC(), BookingMonitor.NONE, signals,
				QueueSettings.DEFAULTS);
		LiveStatus<StatusUpdate> live = new LiveStatus<>(signals, Function.identity());

		live.updates(event)
			.as(StepVerifier::create)
			.expectNext(present(event, 5, 0, 0))
			.then(() -> service.book(event, ADA).block())
			.expectNext(present(event, 5, 1, 1))
			.then(() -> service.change(event, EventChange.ofCapacity(7), RevisionCondition.NONE).block())
			.expectNext(present(event, 7, 1, 2))
			.then(() -> service.release(event, ADA).block())
			.expectNext(present(event, 7, 0, 3))
			.then(() -> service.delete(event, false, RevisionCondition.NONE).block())
			.expectNext(new StatusUpdate.Closed(event))
			.verifyComplete();
	}

	@Test
	void tellsWhatAnotherProcessWrites() {
		EventId event = event(5);

		watcher().updates(event)
			.as(StepVerifier::create)
			.expectNext(present(event, 5, 0, 0))
			.then(() -> book(event, ADA))
			.expectNext(present(event, 5, 1, 1))
			.then(() -> this.repository.change(event, EventChange.ofCapacity(7)).block())
			.expectNext(present(event, 7, 1, 2))
			.then(() -> this.repository.release(event, ADA).block())
			.expectNext(present(event, 7, 0, 3))
			.then(() -> this.repository.delete(event).block())
			.expectNext(new StatusUpdate.Closed(event))
			.verifyComplete();
	}

	@Test
	void bringsTwoProcessesToTheSameFinalState() {
		EventId event = event(50);
		List<Flux<Long>> watchers = Stream.of(watcher(), watcher())
			.map((live) -> live.updates(event).map(StatusUpdate::revision).takeUntil((revision) -> revision == 40))
			.toList();

		Flux<Integer> sale = Flux.fromStream(IntStream.range(0, 40).boxed())
			.concatMap((number) -> this.repository.book(event, new UserId("buyer-" + number)).thenReturn(number));
		List<List<Long>> seen = Flux.merge(watchers.get(0).collectList(), watchers.get(1).collectList())
			.mergeWith(sale.then(Mono.empty()))
			.collectList()
			.block();

		assertThat(seen).hasSize(2)
			.allSatisfy((revisions) -> assertThat(revisions).isSorted().doesNotHaveDuplicates().endsWith(40L));
	}

}
