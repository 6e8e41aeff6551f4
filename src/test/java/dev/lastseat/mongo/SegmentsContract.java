package dev.lastseat.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.EventMaintenance;
import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealedRegistrations;
import dev.lastseat.mongo.segments.SealedUserFilters;
import dev.lastseat.mongo.segments.SealedUserLookup;
import dev.lastseat.mongo.segments.SealingSteps;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentMemory;
import dev.lastseat.mongo.segments.SegmentSize;
import dev.lastseat.mongo.segments.SegmentState;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every storage engine must do about registrations that have left the document of
 * their event, step by step. Pages have two registrations here, whatever they have
 * elsewhere.
 */
abstract class SegmentsContract extends RoundContract {

	static final SegmentSize TWO = new SegmentSize(2);

	static final Duration PATIENCE = TestRun.TIMEOUT;

	private MongoEventRepository small;

	/** Leaves the document as long as it gets here. */
	private MongoEventRepository large;

	private EventMaintenance maintenance;

	@BeforeEach
	void openSmallPages() {
		this.large = Repositories.of(this.collections, SegmentSize.DEFAULT);
		this.small = Repositories.of(this.collections, TWO);
		this.maintenance = new EventMaintenance(this.collections, TWO, new SealedUserFilters(this.collections));
	}

	static ObjectId id(EventId event) {
		return new ObjectId(event.value());
	}

	static UserId user(int number) {
		return new UserId("user-" + number);
	}

	static List<String> names(int... numbers) {
		return IntStream.of(numbers).mapToObj((number) -> "user-" + number).toList();
	}

	void fill(EventId event, UserId... users) {
		for (UserId user : users) {
			assertThat(booking(this.large, event, user)).isEqualTo(BookingOutcome.BOOKED);
		}
	}

	/** An event that so many have booked whom nobody has sealed yet. */
	EventId booked(int count) {
		EventId event = event(Math.max(20, count));
		IntStream.range(0, count).forEach((number) -> fill(event, user(number)));
		return event;
	}

	/** The same, with all sealed that can be. */
	EventId sealed(int count) {
		EventId event = booked(count);
		keepUp(event);
		return event;
	}

	void keepUp(EventId event) {
		cleanUp(event).block(PATIENCE);
	}

	private SegmentState state(EventId event) {
		return Mono.from(this.collections.events().aggregate(SegmentState.query(id(event), TWO)))
			.map(SegmentState::of)
			.block(PATIENCE);
	}

	private SealedRegistrations entries() {
		return new SealedRegistrations(this.collections);
	}

	/** Someone has begun to seal, and is gone. */
	private EventId abandoned(int count) {
		EventId event = booked(count);
		assertThat(new SealingSteps(this.collections).begin(state(event)).block(PATIENCE)).isTrue();
		return event;
	}

	/** Gives a seat back, and leaves the clean-up to others. */
	private boolean release(SealedRegistration entry, int cleanups) {
		return new RegistrationWrite(entry.event(), List.of(), 0, List.of(), List.of(entry), cleanups)
			.send(this.collections.events())
			.block(PATIENCE);
	}

	private void releaseOnly(EventId event, UserId user) {
		Document stored = this.stored.read(event);
		SealedRegistration entry = entries().unreleased(id(event), List.of(user.value()), 99).blockLast(PATIENCE);
		assertThat(release(entry, EventDocument.count(stored, EventDocument.CLEANUPS))).isTrue();
	}

	BookingOutcome booking(MongoEventRepository repository, EventId event, UserId user) {
		return repository.book(event, user).block(PATIENCE);
	}

	@Test
	void movesTheOldestOutOfTheDocumentWhenItHoldsTwoPages() {
		EventId event = event(20);
		IntStream.range(0, 9).forEach((number) -> this.small.book(event, user(number)).block(PATIENCE));

		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			Document stored = this.stored.read(event);
			assertThat(stored.getList("registration_ids", String.class)).hasSizeLessThan(4);
			assertThat(stored.containsKey("sealing")).isFalse();
		});
		assertThat(this.stored.registrationIds(event)).isEqualTo(names(0, 1, 2, 3, 4, 5, 6, 7, 8));
		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 9).containsEntry("revision", 9L);
	}

	@Test
	void leavesWhatTheDesignNames() {
		EventId event = sealed(5);

		assertThat(this.stored.read(event)).containsEntry("segment", 1)
			.containsEntry("sealed_count", 2)
			.containsEntry("registration_ids", names(2, 3, 4))
			.doesNotContainKeys("sealing", "released", "cleanups");
		assertThat(this.stored.entries(event)).containsExactly(entry(event, 0), entry(event, 1));
	}

	private Document entry(EventId event, int number) {
		Document id = new Document("e", id(event)).append("u", "user-" + number).append("s", 0);
		return new Document("_id", id).append("e", id(event)).append("u", "user-" + number).append("n", number);
	}

	@Test
	void sealsNobodyBeforeThereAreTwoPages() {
		EventId event = sealed(3);

		assertThat(this.stored.read(event)).doesNotContainKeys("segment", "sealing");
		assertThat(this.stored.entries(event)).isEmpty();
	}

	@Test
	void catchesUpWithALongListThatIsThereAlready() {
		EventId event = booked(11);

		keepUp(event);

		assertThat(this.stored.read(event)).containsEntry("segment", 4)
			.containsEntry("registration_ids", names(8, 9, 10));
		assertThat(this.stored.entries(event)).extracting((entry) -> entry.getInteger("n"))
			.containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 4 })
	void knowsWhoIsRegisteredWhereverTheyAre(int number) {
		EventId event = sealed(4);
		fill(event, user(4), user(5));
		assertThat(new SealingSteps(this.collections).begin(state(event)).block(PATIENCE)).isTrue();
		MongoEventRepository another = repository();

		assertThat(booking(this.small, event, user(number))).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(booking(another, event, user(number))).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(another.isRegistered(event, user(number)).block(PATIENCE)).isTrue();
		assertThat(another.isRegistered(event, user(9)).block(PATIENCE)).isFalse();
		assertThat(another.release(event, user(9)).block(PATIENCE)).isEqualTo(ReleaseOutcome.NOT_REGISTERED);
	}

	@Test
	void tellsSealedHoldersInAGroupApartFromTheOthers() {
		EventId event = sealed(5);
		this.large.change(event, EventChange.ofCapacity(6)).block(PATIENCE);

		List<Decision> decisions = this.small.decide(event, Requests.bookings(user(0), user(7), user(3), user(8)))
			.collectList()
			.block(PATIENCE);

		assertThat(decisions).containsExactlyInAnyOrder(new Decision(user(0), BookingOutcome.ALREADY_REGISTERED),
				new Decision(user(3), BookingOutcome.ALREADY_REGISTERED), new Decision(user(7), BookingOutcome.BOOKED),
				new Decision(user(8), BookingOutcome.SOLD_OUT));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 4 })
	void givesASeatBackOnceWhereverItIs(int number) {
		EventId event = sealed(4);
		fill(event, user(4), user(5));
		assertThat(new SealingSteps(this.collections).begin(state(event)).block(PATIENCE)).isTrue();

		assertThat(this.small.release(event, user(number)).block(PATIENCE)).isEqualTo(ReleaseOutcome.RELEASED);

		assertThat(this.small.release(event, user(number)).block(PATIENCE)).isEqualTo(ReleaseOutcome.NOT_REGISTERED);
		assertThat(this.small.isRegistered(event, user(number)).block(PATIENCE)).isFalse();
		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 5).containsEntry("revision", 7L);
		assertThat(this.stored.registrationIds(event)).hasSize(5).doesNotContain("user-" + number);
	}

	@Test
	void givesASeatBackOnceAlsoBeforeTheCleanUp() {
		EventId event = sealed(4);
		releaseOnly(event, user(0));

		assertThat(this.large.release(event, user(0)).block(PATIENCE)).isEqualTo(ReleaseOutcome.NOT_REGISTERED);
	}

	@Test
	void cleansUpBehindAReleaseInTheBackground() {
		EventId event = sealed(4);

		this.small.release(event, user(0)).block(PATIENCE);

		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.stored.read(event)).containsEntry("released", List.of())
				.containsEntry("cleanups", 1));
		assertThat(this.stored.entries(event).get(0)).containsEntry("released", true);
	}

	@Test
	void booksAgainBeforeTheCleanUpAndAfterIt() {
		EventId event = sealed(4);
		releaseOnly(event, user(0));
		assertThat(this.small.isRegistered(event, user(0)).block(PATIENCE)).isFalse();

		assertThat(booking(this.small, event, user(0))).isEqualTo(BookingOutcome.BOOKED);
		assertThat(booking(this.small, event, user(0))).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		keepUp(event);

		assertThat(this.stored.registrationIds(event)).isEqualTo(names(1, 2, 3, 0));
		assertThat(this.small.release(event, user(0)).block(PATIENCE)).isEqualTo(ReleaseOutcome.RELEASED);
		assertThat(booking(this.small, event, user(0))).isEqualTo(BookingOutcome.BOOKED);
		this.stored.requireInvariants(event);
	}

	@Test
	void finishesWhatSomebodyHasBegunAndLeft() {
		EventId afterTheFirstStep = abandoned(4);
		EventId afterTheSecondStep = abandoned(4);
		entries().insert(List.of(new SealedRegistration(id(afterTheSecondStep), "user-0", 0, 0, false)))
			.block(PATIENCE);

		maintenance().sweep().block(PATIENCE);

		assertThat(List.of(afterTheFirstStep, afterTheSecondStep)).allSatisfy((event) -> {
			assertThat(this.stored.read(event)).containsEntry("segment", 1).doesNotContainKey("sealing");
			assertThat(this.stored.registrationIds(event)).isEqualTo(names(0, 1, 2, 3));
		});
	}

	@Test
	void cleansUpWhatSomebodyHasLeft() {
		EventId event = sealed(5);
		releaseOnly(event, user(0));
		releaseOnly(event, user(1));

		maintenance().sweep().block(PATIENCE);

		assertThat(this.stored.read(event)).containsEntry("released", List.of());
		assertThat(this.stored.entries(event)).allSatisfy((entry) -> assertThat(entry).containsEntry("released", true));
	}

	@Test
	void bringsNobodyBackByAnInsertThatComesLate() {
		EventId event = sealed(4);
		this.small.release(event, user(0)).block(PATIENCE);
		keepUp(event);

		entries().insert(List.of(new SealedRegistration(id(event), "user-0", 0, 0, false),
				new SealedRegistration(id(event), "user-1", 0, 1, false)))
			.block(PATIENCE);

		assertThat(this.small.isRegistered(event, user(0)).block(PATIENCE)).isFalse();
		assertThat(this.stored.registrationIds(event)).isEqualTo(names(1, 2, 3));
		assertThat(booking(this.small, event, user(0))).isEqualTo(BookingOutcome.BOOKED);
	}

	/** The negative control: what would come of entries that are deleted. */
	@Test
	void wouldBringSomebodyBackIfEntriesWereDeleted() {
		EventId event = sealed(4);
		releaseOnly(event, user(0));
		new EventMaintenance(collections(BrokenCommands.DELETING_ENTRIES.over(this.database), this.client), TWO,
				new SealedUserFilters(this.collections))
			.maintain(id(event), new SegmentMemory(TWO))
			.block(PATIENCE);

		entries().insert(List.of(new SealedRegistration(id(event), "user-0", 0, 0, false))).block(PATIENCE);

		assertThat(this.small.isRegistered(event, user(0)).block(PATIENCE)).isTrue();
	}

	@Test
	void takesNobodyForRegisteredWhoIsCleanedUpBeforeItReadsTheEvent() {
		EventId event = sealed(4);
		releaseOnly(event, user(0));

		assertThat(registered(event, new SealedUserLookup(this.collections, maintenance()) {
			@Override
			public Mono<Set<String>> possiblySealed(ObjectId id, List<String> users, int belowPage) {
				return super.possiblySealed(id, users, belowPage).delayUntil((found) -> cleanUp(event));
			}
		})).containsExactly("user-1");
	}

	@Test
	void takesNobodyForRegisteredWhoIsCleanedUpAfterItHasReadTheEvent() {
		EventId event = sealed(4);
		releaseOnly(event, user(0));

		assertThat(registered(event, new SealedUserLookup(this.collections, maintenance()) {
			@Override
			public Mono<List<SealedRegistration>> registrations(ObjectId id, Set<String> possiblySealed, int belowPage,
					Set<Document> released) {
				return cleanUp(event).then(super.registrations(id, possiblySealed, belowPage, released));
			}
		})).containsExactly("user-1");
	}

	@Test
	void refusesNobodyForASeatThatIsGivenBackBetweenTheEventAndTheEntries() {
		EventId event = sealed(4);
		this.large.change(event, EventChange.ofCapacity(4), RevisionCondition.NONE).block(PATIENCE);

		EventSnapshot standing = snapshots(event, new SealedUserLookup(this.collections, maintenance()) {

			private boolean released;

			@Override
			public Mono<List<SealedRegistration>> registrations(ObjectId id, Set<String> possiblySealed, int belowPage,
					Set<Document> released) {
				return Mono.fromRunnable(this::releaseOnce)
					.then(cleanUp(event))
					.then(super.registrations(id, possiblySealed, belowPage, released));
			}

			private void releaseOnce() {
				if (!this.released) {
					this.released = true;
					releaseOnly(event, user(0));
				}
			}
		}).read(List.of(user(0)), false).block(PATIENCE);

		assertThat(standing.registered(user(0))).isFalse();
		assertThat(standing.freeSeats()).isEqualTo(1);
	}

	/** The negative control: what would come of the other order. */
	@Test
	void wouldTakeThemForRegisteredIfItReadTheEntriesFirst() {
		EventId event = sealed(4);
		releaseOnly(event, user(0));

		assertThat(registered(event, new SealedRegistrationsReadFirst(this.collections, maintenance()) {
			@Override
			public Mono<Set<String>> possiblySealed(ObjectId id, List<String> users, int belowPage) {
				return super.possiblySealed(id, users, belowPage).delayUntil((found) -> cleanUp(event));
			}
		})).contains("user-0");
	}

	private SegmentMaintenance maintenance() {
		return new SegmentMaintenance(this.collections, TWO);
	}

	/**
	 * Those of the first two users whom an event on its second page takes for registered.
	 */
	private Set<String> registered(EventId event, SealedUserLookup holders) {
		EventSnapshot standing = snapshots(event, holders).read(List.of(user(0), user(1)), false).block(PATIENCE);
		return Stream.of(user(0), user(1)).filter(standing::registered).map(UserId::value).collect(Collectors.toSet());
	}

	private EventSnapshots snapshots(EventId event, SealedUserLookup holders) {
		SegmentMemory memory = new SegmentMemory(TWO);
		memory.updateSegment(1);
		return new EventSnapshots(this.collections, holders, id(event), memory);
	}

	private Mono<Void> cleanUp(EventId event) {
		return this.maintenance.maintain(id(event), new SegmentMemory(TWO));
	}

	@Test
	void beginsOnceWhenTwoSealTheSamePage() {
		EventId event = booked(4);
		SegmentState seen = state(event);
		SealingSteps sealing = new SealingSteps(this.collections);

		assertThat(sealing.begin(seen).block(PATIENCE)).isTrue();
		assertThat(sealing.begin(seen).block(PATIENCE)).isFalse();
		sealing.finish(seen, seen.oldest()).block(PATIENCE);
		fill(event, user(4), user(5));
		sealing.finish(seen, seen.oldest()).block(PATIENCE);
		assertThat(sealing.begin(seen).block(PATIENCE)).isFalse();

		assertThat(this.stored.read(event)).containsEntry("segment", 1)
			.containsEntry("sealed_count", 2)
			.containsEntry("registration_ids", names(2, 3, 4, 5));
	}

	@Test
	void doesNotSealInAnotherOrderThanThatOfBooking() {
		EventId event = booked(4);
		SegmentState seen = state(event);
		this.large.release(event, user(0)).block(PATIENCE);
		fill(event, user(0));

		assertThat(new SealingSteps(this.collections).begin(seen).block(PATIENCE)).isFalse();
	}

	@Test
	void releasesOnceWhenTwoHaveSeenTheSameEntry() {
		EventId event = sealed(4);
		SealedRegistration entry = entries().unreleased(id(event), List.of("user-0"), 1).blockLast(PATIENCE);
		this.small.release(event, user(0)).block(PATIENCE);
		keepUp(event);

		assertThat(release(entry, 0)).isFalse();

		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 3);
	}

	@Test
	void admitsNobodyOnAPageThatIsNotOpenAnyMore() {
		EventId event = sealed(4);

		Stream.of(List.of(user(7)), List.of(user(7), user(8)))
			.forEach((users) -> assertThat(booksOnPage(0, event, users)).isFalse());
		assertThat(booksOnPage(1, event, List.of(user(7)))).isTrue();
	}

	private boolean booksOnPage(int segment, EventId event, List<UserId> users) {
		List<String> names = users.stream().map(UserId::value).toList();
		return new RegistrationWrite(id(event), names, segment, List.of(), List.of(), 0).send(this.collections.events())
			.block(PATIENCE);
	}

	@Test
	void takesAPageOfZeroForTheFirstOne() {
		EventId event = event(5);
		Mono.from(this.collections.events()
			.updateOne(Filters.eq("_id", id(event)),
					Updates.combine(Updates.set("segment", 0), Updates.set("cleanups", 0))))
			.block(PATIENCE);

		fill(event, user(0), user(1), user(2), user(3));
		keepUp(event);
		releaseOnly(event, user(0));

		assertThat(this.stored.registrationIds(event)).isEqualTo(names(1, 2, 3));
	}

	@Test
	void changesNothingThatAClientCanSeeWhenItSeals() {
		EventId event = booked(9);
		Event before = this.large.find(event).block(PATIENCE);

		keepUp(event);

		assertThat(this.large.find(event).block(PATIENCE)).isEqualTo(before);
		assertThat(
				this.large.change(event, EventChange.ofCapacity(9), RevisionCondition.ofRevisions(9L)).block(PATIENCE))
			.hasToString("CHANGED");
		assertThat(this.large.change(event, EventChange.ofCapacity(8)).block(PATIENCE))
			.hasToString("CAPACITY_BELOW_SOLD");
	}

	@Test
	void deletesAnEventWithItsEntries() {
		EventId event = sealed(5);
		assertThat(this.small.delete(event).block(PATIENCE)).isEqualTo(DeletionOutcome.HAS_REGISTRATIONS);
		IntStream.range(0, 5).forEach((number) -> this.small.release(event, user(number)).block(PATIENCE));

		assertThat(this.small.delete(event).block(PATIENCE)).isEqualTo(DeletionOutcome.DELETED);

		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.stored.entries(event)).isEmpty());
	}

	@Test
	void neverUsesTheIdOfADeletedEventWithSealedRegistrationsAgain() {
		EventId event = sealed(5);

		assertThat(this.small.delete(event, true, RevisionCondition.NONE).block(PATIENCE))
			.isEqualTo(DeletionOutcome.DELETED);

		assertThat(this.large.create(event, new EventDraft("Another", null, NOW, null, 9), NOW).block(PATIENCE))
			.isEqualTo(EventCreation.ID_TAKEN);
		expectNoEvent(event);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.stored.entries(event)).isEmpty());
	}

	@Test
	void deletesAnEventThatIsBeingSealed() {
		EventId event = abandoned(4);

		assertThat(this.small.delete(event, true, RevisionCondition.NONE).block(PATIENCE))
			.isEqualTo(DeletionOutcome.DELETED);

		expectNoEvent(event);
		keepUp(event);
		assertThat(this.large.create(event, new EventDraft("Another", null, NOW, null, 9), NOW).block(PATIENCE))
			.isEqualTo(EventCreation.ID_TAKEN);
	}

	/** What is left of it is no event to any operation. */
	private void expectNoEvent(EventId event) {
		assertThat(this.large.find(event).blockOptional(PATIENCE)).isEmpty();
		assertThat(booking(this.large, event, user(7))).isEqualTo(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(this.large.decide(event, Requests.bookings(user(7), user(8))).collectList().block(PATIENCE))
			.extracting(Decision::outcome)
			.containsOnly(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(this.large.release(event, user(0)).block(PATIENCE)).isEqualTo(ReleaseOutcome.EVENT_NOT_FOUND);
		assertThat(this.small.release(event, user(0)).block(PATIENCE)).isEqualTo(ReleaseOutcome.EVENT_NOT_FOUND);
		assertThat(this.large.isRegistered(event, user(0)).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.large.registrations(event, null, 10).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.large.ledger(event).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.large.change(event, EventChange.ofCapacity(9)).block(PATIENCE))
			.isEqualTo(ChangeOutcome.EVENT_NOT_FOUND);
		assertThat(this.large.delete(event, true, RevisionCondition.NONE).block(PATIENCE))
			.isEqualTo(DeletionOutcome.EVENT_NOT_FOUND);
		assertThat(this.large.list(new EventQuery(null, null, null, null, 100)).block(PATIENCE).items())
			.noneMatch((found) -> found.id().equals(event));
		assertThat(this.large.list(new EventQuery(null, null, user(0), null, 100)).block(PATIENCE).items())
			.noneMatch((found) -> found.id().equals(event));
		assertThat(feed(this.client).statuses(List.of(event)).collectList().block(PATIENCE)).isEmpty();
	}

	/**
	 * The remains of an event that was deleted so long ago, with an entry that came late.
	 */
	private EventId deleted(Duration ago) {
		ObjectId gone = new ObjectId();
		Mono.from(this.collections.events().insertOne(EventDocument.tombstone(gone, Instant.now().minus(ago))))
			.block(PATIENCE);
		entries().insert(List.of(new SealedRegistration(gone, "user-0", 0, 0, false))).block(PATIENCE);
		return new EventId(gone.toHexString());
	}

	@Test
	void sweepsEntriesOfAnEventThatWasDeletedMoreThanADayAgo() {
		EventId alive = sealed(4);
		EventId gone = deleted(Duration.ofHours(25));
		EventId justGone = deleted(Duration.ofHours(23));

		maintenance().sweep().block(PATIENCE);

		assertThat(this.stored.entries(gone)).isEmpty();
		assertThat(this.stored.entries(justGone)).hasSize(1);
		assertThat(this.stored.entries(alive)).hasSize(2);
		assertThat(this.stored.read(gone)).containsEntry("cleared", true);
	}

	/** A backup may be restored one collection after the other. */
	@Test
	void leavesEntriesAloneWhoseEventIsNotThere() {
		EventId notThere = new EventId(new ObjectId().toHexString());
		entries().insert(List.of(new SealedRegistration(id(notThere), "user-0", 0, 0, false))).block(PATIENCE);

		maintenance().sweep().block(PATIENCE);

		assertThat(this.stored.entries(notThere)).hasSize(1);
	}

	/** None of the processes books a page, or a tenth of it. */
	@ParameterizedTest
	@CsvSource({ "30, 18, false", "60, 1, true" })
	void sealsWhatManyProcessesHaveBookedTogether(int processes, int each, boolean sweep) {
		SegmentSize twenty = new SegmentSize(20);
		EventId event = event(processes * each);
		List<SegmentMaintenance> housekeepings = new ArrayList<>();
		for (int process = 0; process < processes; process++) {
			SegmentMaintenance maintenance = new SegmentMaintenance(this.collections, twenty);
			housekeepings.add(maintenance);
			MongoEventRepository repository = new MongoEventRepository(this.collections, maintenance,
					StorageMonitor.NONE);
			for (int number = 0; number < each; number++) {
				assertThat(booking(repository, event, user(process * each + number))).isEqualTo(BookingOutcome.BOOKED);
			}
		}
		if (sweep) {
			housekeepings.get(0).sweep().block(PATIENCE);
		}

		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.stored.read(event).getList("registration_ids", String.class))
				.hasSizeLessThan(60));
		this.stored.requireInvariants(event);
	}

	private List<UserId> walk(EventId event, int limit, Runnable betweenPages) {
		List<UserId> seen = new ArrayList<>();
		RegistrationCursor place = null;
		do {
			Page<UserId, RegistrationCursor> page = page(event, place, limit);
			assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
			seen.addAll(page.items());
			place = page.next();
			betweenPages.run();
		}
		while (place != null);
		return seen;
	}

	private Page<UserId, RegistrationCursor> page(EventId event, @Nullable RegistrationCursor after, int limit) {
		return this.large.registrations(event, after, limit).block(PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 6, 7, 8 })
	void pagesThroughTheSealedAndTheOthersInTheOrderOfBooking(int limit) {
		EventId event = sealed(7);
		releaseOnly(event, user(1));
		this.small.release(event, user(2)).block(PATIENCE);
		fill(event, user(2), user(7));
		assertThat(new SealingSteps(this.collections).begin(state(event)).block(PATIENCE)).isTrue();

		List<UserId> seen = walk(event, limit, () -> {
		});

		assertThat(seen).containsExactly(user(0), user(3), user(4), user(5), user(6), user(2), user(7));
		assertThat(this.large.ledger(event).block(PATIENCE).registrations()).isEqualTo(seen);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void readsOnBehindThoseWhoHaveJustGivenTheirSeatsBack(int limit) {
		EventId event = sealed(9);
		Stream.of(1, 2, 3).forEach((number) -> releaseOnly(event, user(number)));

		assertThat(walk(event, limit, () -> {
		})).containsExactly(user(0), user(4), user(5), user(6), user(7), user(8));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void showsEverybodyOnceWhoIsSealedBetweenPages(int limit) {
		EventId event = booked(9);

		List<UserId> seen = walk(event, limit, () -> {
			SegmentState state = state(event);
			if (!state.sealing().isEmpty()) {
				new SealingSteps(this.collections).finish(state, state.sealing()).block(PATIENCE);
			}
			else if (!state.oldest().isEmpty()) {
				new SealingSteps(this.collections).begin(state).block(PATIENCE);
			}
		});

		assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 9).mapToObj(SegmentsContract::user).toList());
	}

	@Test
	void goesOnWhereTheLastUserWasWhoHasLeftASealedPageAndBookedAgain() {
		EventId event = sealed(7);
		RegistrationCursor place = page(event, null, 2).next();

		this.small.release(event, user(1)).block(PATIENCE);
		fill(event, user(1));

		assertThat(page(event, place, 10).items()).containsExactly(user(2), user(3), user(4), user(5), user(6),
				user(1));
	}

	@Test
	void goesOnBehindTheLastUserWhenTheyAreSealedAndOthersHaveGone() {
		EventId event = booked(7);
		RegistrationCursor place = page(event, null, 4).next();

		this.large.release(event, user(0)).block(PATIENCE);
		keepUp(event);

		assertThat(page(event, place, 10).items()).containsExactly(user(4), user(5), user(6));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 10 })
	void listsTheEventsOfAUserWhereverTheyAre(int limit) {
		UserId traveller = new UserId("traveller-" + limit + "-" + System.nanoTime());
		List<EventId> events = IntStream.rangeClosed(1, 6).mapToObj((day) -> bookedBy(traveller, day)).toList();
		Stream.of(0, 2, 3, 5).map(events::get).forEach(this::fillAndSeal);
		releaseOnly(events.get(2), traveller);
		this.small.release(events.get(3), traveller).block(PATIENCE);
		fill(events.get(4), user(1), user(2), user(3));
		assertThat(new SealingSteps(this.collections).begin(state(events.get(4))).block(PATIENCE)).isTrue();

		List<EventId> seen = new ArrayList<>();
		EventQuery.Cursor place = null;
		do {
			Page<Event, EventQuery.Cursor> page = this.large.list(new EventQuery(null, null, traveller, place, limit))
				.block(PATIENCE);
			page.items().forEach((event) -> seen.add(event.id()));
			place = page.next();
		}
		while (place != null);

		assertThat(seen).containsExactly(events.get(0), events.get(1), events.get(4), events.get(5));
	}

	private EventId bookedBy(UserId user, int day) {
		Instant start = Instant.parse("2031-01-%02dT00:00:00Z".formatted(day));
		EventId event = this.large.create(new EventDraft("A trip", null, start, null, 9), NOW).block(PATIENCE).id();
		fill(event, user);
		return event;
	}

	private void fillAndSeal(EventId event) {
		fill(event, user(1), user(2), user(3));
		keepUp(event);
		assertThat(this.stored.entries(event)).hasSize(2);
	}

	/**
	 * Two processes sell the same event, seal it, and give seats back.
	 */
	@Test
	void staysTrueWhileTwoProcessesSealAndReleaseAtOnce() {
		EventId event = event(30);
		List<MongoEventRepository> processes = List.of(this.small, Repositories.of(this.collections, TWO));
		Flux<?> work = Flux.range(0, 200).flatMap((number) -> {
			MongoEventRepository process = processes.get(number % 2);
			UserId user = user((number * 7) % 40);
			return (number % 3 == 2) ? process.release(event, user) : process.book(event, user);
		}, 8);

		this.stored.watch(event, work.then(Mono.just(true)));

		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			keepUp(event);
			assertThat(this.stored.read(event)).doesNotContainKey("sealing").containsEntry("released", List.of());
		});
		this.stored.requireInvariants(event);
	}

}
