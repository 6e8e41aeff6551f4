package dev.lastseat.mongo.segments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.Feature;
import dev.lastseat.mongo.Needs;
import dev.lastseat.mongo.PackageAccess;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.segments.SegmentFixture.id;
import static dev.lastseat.mongo.segments.SegmentFixture.names;
import static dev.lastseat.mongo.segments.SegmentFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moves the oldest registrations of an event into sealed segments.
 */
public class SealingContract extends SegmentTest {

	@Test
	void sealsTheOldestRegistrationsWhenTheDocumentHoldsTwoSegments() {
		EventId event = this.storage.event(20);
		IntStream.range(0, 9).forEach((number) -> this.repository.book(event, user(number)).block(TestRun.TIMEOUT));

		Awaitility.await().atMost(TestRun.TIMEOUT).untilAsserted(() -> {
			Document stored = this.stored.read(event);
			assertThat(stored.getList("registration_ids", String.class)).hasSizeLessThan(4);
			assertThat(stored.containsKey("sealing")).isFalse();
		});
		assertThat(this.stored.registrationIds(event)).isEqualTo(names(0, 1, 2, 3, 4, 5, 6, 7, 8));
		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 9).containsEntry("revision", 9L);
	}

	@Test
	void storesSealedRegistrationsInTheDocumentedForm() {
		EventId event = this.segments.sealed(5);

		assertThat(this.stored.read(event)).containsEntry("segment", 1)
			.containsEntry("sealed_count", 2)
			.containsEntry("registration_ids", names(2, 3, 4))
			.doesNotContainKeys("sealing", "released", "cleanups");
		assertThat(this.stored.sealedRegistrations(event)).containsExactly(inSegmentZero(event, 0),
				inSegmentZero(event, 1));
	}

	private static Document inSegmentZero(EventId event, int number) {
		Document id = new Document("e", id(event)).append("u", "user-" + number).append("s", 0);
		return new Document("_id", id).append("e", id(event)).append("u", "user-" + number).append("n", number);
	}

	@Test
	void sealsNothingBeforeTheDocumentHoldsTwoSegments() {
		EventId event = this.segments.sealed(3);

		assertThat(this.stored.read(event)).doesNotContainKeys("segment", "sealing");
		assertThat(this.stored.sealedRegistrations(event)).isEmpty();
	}

	@Test
	void sealsALongArraySegmentBySegment() {
		EventId event = this.segments.booked(11);

		this.segments.maintain(event);

		assertThat(this.stored.read(event)).containsEntry("segment", 4)
			.containsEntry("registration_ids", names(8, 9, 10));
		assertThat(this.stored.sealedRegistrations(event)).extracting((sealed) -> sealed.getInteger("n"))
			.containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
	}

	@Test
	void finishesASealingThatAnotherProcessBegan() {
		EventId afterTheFirstStep = this.segments.sealingBegun(4);
		EventId afterTheSecondStep = this.segments.sealingBegun(4);
		this.segments.registrations()
			.insert(List.of(new SealedRegistration(id(afterTheSecondStep), "user-0", 0, 0, false)))
			.block(TestRun.TIMEOUT);

		this.segments.maintenance().sweep().block(TestRun.TIMEOUT);

		assertThat(List.of(afterTheFirstStep, afterTheSecondStep)).allSatisfy((event) -> {
			assertThat(this.stored.read(event)).containsEntry("segment", 1).doesNotContainKey("sealing");
			assertThat(this.stored.registrationIds(event)).isEqualTo(names(0, 1, 2, 3));
		});
	}

	@Test
	void beginsOnceWhenTwoProcessesSealTheSameSegment() {
		EventId event = this.segments.booked(4);
		SegmentState state = this.segments.state(event);
		SealingSteps sealing = this.segments.sealing();

		assertThat(sealing.begin(state).block(TestRun.TIMEOUT)).isTrue();
		assertThat(sealing.begin(state).block(TestRun.TIMEOUT)).isFalse();
		sealing.finish(state, state.oldest()).block(TestRun.TIMEOUT);
		this.segments.book(event, user(4), user(5));
		sealing.finish(state, state.oldest()).block(TestRun.TIMEOUT);
		assertThat(sealing.begin(state).block(TestRun.TIMEOUT)).isFalse();

		assertThat(this.stored.read(event)).containsEntry("segment", 1)
			.containsEntry("sealed_count", 2)
			.containsEntry("registration_ids", names(2, 3, 4, 5));
	}

	@Test
	void sealsOnlyInOrderOfBooking() {
		EventId event = this.segments.booked(4);
		SegmentState state = this.segments.state(event);
		this.withoutSealing.release(event, user(0)).block(TestRun.TIMEOUT);
		this.segments.book(event, user(0));

		assertThat(this.segments.sealing().begin(state).block(TestRun.TIMEOUT)).isFalse();
	}

	@Test
	void treatsSegmentZeroAsTheFirst() {
		EventId event = this.storage.event(5);
		Mono.from(this.storage.collections()
			.events()
			.updateOne(Filters.eq("_id", id(event)),
					Updates.combine(Updates.set("segment", 0), Updates.set("cleanups", 0))))
			.block(TestRun.TIMEOUT);

		this.segments.book(event, user(0), user(1), user(2), user(3));
		this.segments.maintain(event);
		this.segments.releaseWithoutCleanUp(event, user(0));

		assertThat(this.stored.registrationIds(event)).isEqualTo(names(1, 2, 3));
	}

	@Test
	void changesNothingThatAClientSees() {
		EventId event = this.segments.booked(9);
		Event before = this.withoutSealing.find(event).block(TestRun.TIMEOUT);

		this.segments.maintain(event);

		assertThat(this.withoutSealing.find(event).block(TestRun.TIMEOUT)).isEqualTo(before);
		assertThat(this.withoutSealing.change(event, EventChange.ofCapacity(9), RevisionCondition.ofRevisions(9L))
			.block(TestRun.TIMEOUT)).hasToString("CHANGED");
		assertThat(this.withoutSealing.change(event, EventChange.ofCapacity(8)).block(TestRun.TIMEOUT))
			.hasToString("CAPACITY_BELOW_SOLD");
	}

	/**
	 * No process books as many users as a segment has. In the second case each books less
	 * than a tenth of them, and only the sweep finds the event.
	 */
	@ParameterizedTest
	@CsvSource({ "30, 18, false", "60, 1, true" })
	void sealsRegistrationsOfManyProcesses(int processes, int bookingsOfEach, boolean sweep) {
		SegmentSize twenty = new SegmentSize(20);
		EventId event = this.storage.event(processes * bookingsOfEach);
		List<SegmentMaintenance> maintenances = new ArrayList<>();
		for (int process = 0; process < processes; process++) {
			SegmentMaintenance maintenance = new SegmentMaintenance(this.storage.collections(), twenty);
			maintenances.add(maintenance);
			EventRepository repository = PackageAccess.repository(this.storage.collections(), maintenance);
			for (int number = 0; number < bookingsOfEach; number++) {
				assertThat(SegmentFixture.book(repository, event, user(process * bookingsOfEach + number)))
					.isEqualTo(BookingOutcome.BOOKED);
			}
		}
		if (sweep) {
			maintenances.get(0).sweep().block(TestRun.TIMEOUT);
		}

		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.untilAsserted(() -> assertThat(this.stored.read(event).getList("registration_ids", String.class))
				.hasSizeLessThan(60));
		this.stored.requireInvariants(event);
	}

	/** Two processes book and release seats of one event, and seal its registrations. */
	@Test
	@Needs(Feature.ATOMIC_UPDATES)
	void keepsTheInvariantsWhileTwoProcessesSealAndRelease() {
		EventId event = this.storage.event(30);
		List<EventRepository> processes = List.of(this.repository,
				PackageAccess.repository(this.storage.collections(), SegmentFixture.TWO));
		Flux<?> work = Flux.range(0, 200).flatMap((number) -> {
			EventRepository process = processes.get(number % 2);
			UserId user = user((number * 7) % 40);
			return (number % 3 == 2) ? process.release(event, user) : process.book(event, user);
		}, 8);

		this.stored.watch(event, work.then(Mono.just(true)));

		Awaitility.await().atMost(TestRun.TIMEOUT).untilAsserted(() -> {
			this.segments.maintain(event);
			assertThat(this.stored.read(event)).doesNotContainKey("sealing").containsEntry("released", List.of());
		});
		this.stored.requireInvariants(event);
	}

}
