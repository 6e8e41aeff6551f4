package dev.lastseat.mongo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.mongo.segments.EventMaintenance;
import dev.lastseat.mongo.segments.SealedUserFilters;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentMemory;
import dev.lastseat.mongo.segments.SegmentSize;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process has to know of those on sealed pages, on every storage engine, and what
 * it saves by that.
 */
abstract class SealedUserFiltersContract extends SegmentsContract {

	private SealedUserFilters users;

	@BeforeEach
	void knowNobody() {
		this.users = new SealedUserFilters(this.collections);
	}

	private Optional<Set<String>> known(EventId event, int belowPage) {
		return this.users.possiblySealed(id(event), names(IntStream.range(0, 10).toArray()), belowPage);
	}

	private void learn(EventId event) {
		this.users.load(id(event)).block(PATIENCE);
	}

	private void keepUpAndRemember(EventId event) {
		new EventMaintenance(this.collections, TWO, this.users).maintain(id(event), new SegmentMemory(TWO))
			.block(PATIENCE);
	}

	@Test
	void remembersWhomItHasSealed() {
		EventId event = booked(9);

		keepUpAndRemember(event);

		assertThat(known(event, 3)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5)));
		assertThat(known(event, 4)).isEmpty();
	}

	@Test
	void learnsWhomOthersHaveSealed() {
		EventId event = sealed(9);
		assertThat(known(event, 3)).isEmpty();

		learn(event);

		assertThat(known(event, 3)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5)));
		assertThat(known(event, 4)).isEmpty();
	}

	@Test
	void learnsWhatIsNewWhenOthersHaveGoneOn() {
		EventId event = booked(4);
		keepUpAndRemember(event);
		fill(event, user(4), user(5));
		keepUp(event);
		fill(event, user(6), user(7));
		keepUpAndRemember(event);
		assertThat(known(event, 1)).contains(Set.copyOf(names(0, 1)));
		assertThat(known(event, 3)).isEmpty();

		recorded((database, commands) -> {
			this.users = new SealedUserFilters(collections(database, this.client));
			learn(event);
			commands.clear();
			fill(event, user(8), user(9));
			keepUp(event);
			learn(event);
			assertThat(commands.sent(1).getDocument("filter").toJson()).contains("\"$gte\": 6", "\"$lt\": 8");
		});

		assertThat(known(event, 4)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5, 6, 7)));
	}

	@Test
	void learnsWhatIsNewBehindWhatItHasSealedItself() {
		EventId event = booked(9);

		recorded((database, commands) -> {
			this.users = new SealedUserFilters(collections(database, this.client));
			keepUpAndRemember(event);
			fill(event, user(9));
			keepUp(event);
			learn(event);
			assertThat(commands.sent(1).getDocument("filter").toJson()).contains("\"$gte\": 6", "\"$lt\": 8");
		});

		assertThat(known(event, 4)).contains(Set.copyOf(names(0, 1, 2, 3, 4, 5, 6, 7)));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void forgetsWhatWasAskedForLongestAgoWhenThereIsRoomForOne(boolean sealsItself) {
		this.users = new SealedUserFilters(this.collections, 3_000);
		List<EventId> events = List.of(booked(5), booked(5));

		for (EventId event : events) {
			if (sealsItself) {
				keepUpAndRemember(event);
			}
			else {
				keepUp(event);
				learn(event);
			}
		}

		assertThat(known(events.get(0), 1)).isEmpty();
		assertThat(known(events.get(1), 1)).contains(Set.copyOf(names(0, 1)));
	}

	@Test
	void learnsNothingOfThoseWhoseEntriesAreMarked() {
		EventId event = sealed(5);
		repository().release(event, user(1)).block(PATIENCE);
		keepUp(event);

		learn(event);

		assertThat(known(event, 1)).contains(Set.of("user-0"));
	}

	@Test
	void findsOutWhenItHasAskedAsOftenAsThereArePages() {
		EventId event = sealed(9);

		assertThat(IntStream.range(0, 5).mapToObj((number) -> this.users.countMiss(id(event), 3)))
			.containsExactly(false, false, true, false, false);

		learn(event);
		assertThat(this.users.countMiss(id(event), 5)).isFalse();
		assertThat(this.users.countMiss(id(event), 5)).isTrue();
	}

	@Test
	void triesAgainWhenItCouldNotFindOut() {
		EventId event = sealed(4);
		MongoClient closed = MongoClients.create(settings(connectionString()).build());
		closed.close();
		SealedUserFilters unlucky = new SealedUserFilters(
				collections(closed.getDatabase(this.database.getName()), closed));
		assertThat(unlucky.countMiss(id(event), 1)).isTrue();

		unlucky.load(id(event)).as(StepVerifier::create).expectError().verify(PATIENCE);

		assertThat(unlucky.countMiss(id(event), 1)).isTrue();
	}

	@Test
	void doesWithoutWhatThereIsNoRoomFor() {
		EventId event = sealed(72);
		this.users = new SealedUserFilters(this.collections, 100);
		assertThat(this.users.countMiss(id(event), 1)).isTrue();

		learn(event);

		assertThat(known(event, 35)).isEmpty();
		assertThat(IntStream.range(0, 99).mapToObj((number) -> this.users.countMiss(id(event), 35)))
			.containsOnly(false);
	}

	@Test
	void forgetsAnEventThatIsDeleted() {
		EventId event = sealed(4);
		SegmentMaintenance maintenance = new SegmentMaintenance(this.collections, TWO);
		maintenance.sealedUsers().load(id(event)).block(PATIENCE);
		assertThat(maintenance.sealedUsers().possiblySealed(id(event), names(0), 1)).isPresent();

		maintenance.deleted(id(event));

		assertThat(maintenance.sealedUsers().possiblySealed(id(event), names(0), 1)).isEmpty();
	}

	/** Of an event with pages, as of one without: one command for a booking. */
	@Test
	void sendsNoMoreForAnEventWithPagesThanItHasTo() {
		EventId event = sealed(9);
		this.repository.change(event, EventChange.ofCapacity(11)).block(PATIENCE);
		recorded((database, commands) -> {
			MongoEventRepository repository = Repositories.of(collections(database, this.client), SegmentSize.DEFAULT);
			Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
				commands.clear();
				assertThat(repository.isRegistered(event, user(9)).block(PATIENCE)).isFalse();
				assertThat(commands.names()).containsExactly("aggregate");
			});

			assertThat(sending(commands, () -> booking(repository, event, user(9)))).containsExactly("update");
			assertThat(sending(commands, () -> booking(repository, event, user(1)))).containsExactly("aggregate",
					"find");
			assertThat(sending(commands, () -> assertThat(repository.release(event, user(1)).block(PATIENCE))
				.isEqualTo(ReleaseOutcome.RELEASED))).containsExactly("aggregate", "find", "update");
			assertThat(sending(commands, () -> booking(repository, event, user(1)))).containsExactly("aggregate",
					"find", "update");
			fill(event, user(10));
			assertThat(sending(commands, () -> booking(repository, event, user(11)))).containsExactly("update",
					"aggregate");
			assertThat(sending(commands, () -> repository.release(event, user(8)).block(PATIENCE)))
				.containsExactly("update");
		});
	}

	private List<String> sending(RecordedCommands commands, Runnable request) {
		commands.clear();
		request.run();
		return commands.names();
	}

	private void recorded(BiConsumer<MongoDatabase, RecordedCommands> work) {
		RecordedCommands commands = new RecordedCommands();
		try (MongoClient client = MongoClients
			.create(settings(connectionString()).addCommandListener(commands).build())) {
			work.accept(client.getDatabase(this.database.getName()), commands);
		}
	}

}
