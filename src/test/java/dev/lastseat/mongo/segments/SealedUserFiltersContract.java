package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import com.mongodb.MongoQueryException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.TestRun;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.mongo.BrokenCommands;
import dev.lastseat.mongo.MongoCollections;
import dev.lastseat.mongo.PackageAccess;
import dev.lastseat.mongo.RecordedCommands;
import dev.lastseat.mongo.TestStorage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import static dev.lastseat.mongo.segments.SegmentFixture.id;
import static dev.lastseat.mongo.segments.SegmentFixture.names;
import static dev.lastseat.mongo.segments.SegmentFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Remembers the users of sealed segments in a filter, which saves most look-ups.
 */
public class SealedUserFiltersContract {

	private TestStorage storage;

	private EventRepository repository;

	private SegmentFixture segments;

	private SealedUserFilters filters;

	@BeforeEach
	void use(TestStorage storage) {
		this.storage = storage;
		this.repository = storage.repository();
		this.segments = new SegmentFixture(storage);
		this.filters = new SealedUserFilters(storage.collections());
	}

	private Optional<Set<String>> known(EventId event, int belowSegment) {
		return this.filters.possiblySealed(id(event), names(IntStream.range(0, 10).toArray()), belowSegment);
	}

	private void load(EventId event) {
		this.filters.load(id(event)).block(TestRun.TIMEOUT);
	}

	private void maintainAndRemember(EventId event) {
		SegmentAccess.maintain(this.storage.collections(), SegmentFixture.TWO, id(event), this.filters)
			.block(TestRun.TIMEOUT);
	}

	@Test
	void remembersUsersThatItSealed() {
		EventId event = this.segments.booked(9);

		maintainAndRemember(event);

		assertThat(known(event, 3)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5)));
		assertThat(known(event, 4)).isEmpty();
	}

	@Test
	void readsUsersThatOtherProcessesSealed() {
		EventId event = this.segments.sealed(9);
		assertThat(known(event, 3)).isEmpty();

		load(event);

		assertThat(known(event, 3)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5)));
		assertThat(known(event, 4)).isEmpty();
	}

	@Test
	void readsOnlyUsersThatOtherProcessesSealedSince() {
		EventId event = this.segments.booked(4);
		maintainAndRemember(event);
		this.segments.book(event, user(4), user(5));
		this.segments.maintain(event);
		this.segments.book(event, user(6), user(7));
		maintainAndRemember(event);
		assertThat(known(event, 1)).contains(Set.copyOf(names(0, 1)));
		assertThat(known(event, 3)).isEmpty();

		recorded((collections, commands) -> {
			this.filters = new SealedUserFilters(collections);
			load(event);
			commands.clear();
			this.segments.book(event, user(8), user(9));
			this.segments.maintain(event);
			load(event);
			assertThat(commands.sent(1).getDocument("filter").toJson()).contains("\"$gte\": 6", "\"$lt\": 8");
		});

		assertThat(known(event, 4)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5, 6, 7)));
	}

	@Test
	void readsOnlyUsersThatItDidNotSealItself() {
		EventId event = this.segments.booked(9);

		recorded((collections, commands) -> {
			this.filters = new SealedUserFilters(collections);
			maintainAndRemember(event);
			this.segments.book(event, user(9));
			this.segments.maintain(event);
			load(event);
			assertThat(commands.sent(1).getDocument("filter").toJson()).contains("\"$gte\": 6", "\"$lt\": 8");
		});

		assertThat(known(event, 4)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5, 6, 7)));
	}

	@Test
	void readsNoUsersThatItSealedSinceTheMiss() {
		EventId event = this.segments.booked(9);

		recorded((collections, commands) -> {
			this.filters = new SealedUserFilters(collections);
			maintainAndRemember(event);
			commands.clear();
			load(event);
			assertThat(commands.names()).containsExactly("find");
		});

		assertThat(known(event, 3)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5)));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void evictsTheLeastRecentlyUsedFilter(boolean sealedByItself) {
		this.filters = new SealedUserFilters(this.storage.collections(), 3_000);
		List<EventId> events = List.of(this.segments.booked(5), this.segments.booked(5));

		for (EventId event : events) {
			if (sealedByItself) {
				maintainAndRemember(event);
			}
			else {
				this.segments.maintain(event);
				load(event);
			}
		}

		assertThat(known(events.get(0), 1)).isEmpty();
		assertThat(known(events.get(1), 1)).contains(Set.copyOf(names(0, 1)));
	}

	@Test
	void ignoresReleasedRegistrations() {
		EventId event = this.segments.sealed(5);
		this.storage.newRepository().release(event, user(1)).block(TestRun.TIMEOUT);
		this.segments.maintain(event);

		load(event);

		assertThat(known(event, 1)).contains(Set.of("user-0"));
	}

	@Test
	void isWorthReadingAfterOneQueryPerSegment() {
		EventId event = this.segments.sealed(9);

		assertThat(IntStream.range(0, 5).mapToObj((number) -> this.filters.countMiss(id(event), 3)))
			.containsExactly(false, false, true, false, false);

		load(event);
		assertThat(this.filters.countMiss(id(event), 5)).isFalse();
		assertThat(this.filters.countMiss(id(event), 5)).isTrue();
	}

	@Test
	void readsAgainAfterAFailure() {
		EventId event = this.segments.sealed(4);
		SealedUserFilters failing = new SealedUserFilters(TestStorage
			.collections(BrokenCommands.FAILING_TO_LOAD_FILTERS.over(this.storage.database()), this.storage.client()));
		assertThat(failing.countMiss(id(event), 1)).isTrue();

		failing.load(id(event)).as(StepVerifier::create).expectError(MongoQueryException.class).verify(TestRun.TIMEOUT);

		assertThat(failing.countMiss(id(event), 1)).isTrue();
	}

	@Test
	void keepsNoFilterBeyondItsLimit() {
		EventId event = this.segments.sealed(72);
		this.filters = new SealedUserFilters(this.storage.collections(), 100);
		assertThat(this.filters.countMiss(id(event), 1)).isTrue();

		load(event);

		assertThat(known(event, 35)).isEmpty();
		assertThat(IntStream.range(0, 99).mapToObj((number) -> this.filters.countMiss(id(event), 35)))
			.containsOnly(false);
	}

	@Test
	void dropsTheFilterOfADeletedEvent() {
		EventId event = this.segments.sealed(4);
		SegmentMaintenance maintenance = new SegmentMaintenance(this.storage.collections(), SegmentFixture.TWO);
		maintenance.sealedUsers().load(id(event)).block(TestRun.TIMEOUT);
		assertThat(maintenance.sealedUsers().possiblySealed(id(event), names(0), 1)).isPresent();

		maintenance.deleted(id(event));

		assertThat(maintenance.sealedUsers().possiblySealed(id(event), names(0), 1)).isEmpty();
	}

	/** A booking takes one command, as for an event without sealed segments. */
	@Test
	void sendsOneCommandForUsersWithoutSealedRegistrations() {
		EventId event = this.segments.sealed(9);
		this.repository.change(event, EventChange.ofCapacity(11)).block(TestRun.TIMEOUT);
		recorded((collections, commands) -> {
			EventRepository repository = PackageAccess.repository(collections, SegmentSize.DEFAULT);
			Awaitility.await().atMost(TestRun.TIMEOUT).untilAsserted(() -> {
				commands.clear();
				assertThat(repository.isRegistered(event, user(9)).block(TestRun.TIMEOUT)).isFalse();
				assertThat(commands.names()).containsExactly("aggregate");
			});

			assertThat(sending(commands, () -> SegmentFixture.book(repository, event, user(9))))
				.containsExactly("update");
			assertThat(sending(commands, () -> SegmentFixture.book(repository, event, user(1))))
				.containsExactly("aggregate", "find");
			assertThat(sending(commands, () -> assertThat(repository.release(event, user(1)).block(TestRun.TIMEOUT))
				.isEqualTo(ReleaseOutcome.RELEASED))).containsExactly("aggregate", "find", "update");
			assertThat(sending(commands, () -> SegmentFixture.book(repository, event, user(1))))
				.containsExactly("aggregate", "find", "update");
			this.segments.book(event, user(10));
			assertThat(sending(commands, () -> SegmentFixture.book(repository, event, user(11))))
				.containsExactly("update", "aggregate");
			assertThat(sending(commands, () -> repository.release(event, user(8)).block(TestRun.TIMEOUT)))
				.containsExactly("update");
		});
	}

	private List<String> sending(RecordedCommands commands, Runnable request) {
		commands.clear();
		request.run();
		return commands.names();
	}

	private void recorded(BiConsumer<MongoCollections, RecordedCommands> work) {
		RecordedCommands commands = new RecordedCommands();
		try (MongoClient client = MongoClients.create(this.storage.settings().addCommandListener(commands).build())) {
			work.accept(this.storage.collections(client), commands);
		}
	}

}
