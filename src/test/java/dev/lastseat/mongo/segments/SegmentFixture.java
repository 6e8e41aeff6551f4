package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.EventDocument;
import dev.lastseat.mongo.MongoCollections;
import dev.lastseat.mongo.PackageAccess;
import dev.lastseat.mongo.TestStorage;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Creates events in each state of sealing. A segment has two registrations here, whatever
 * the segment size of the storage is.
 */
final class SegmentFixture {

	static final SegmentSize TWO = new SegmentSize(2);

	private final TestStorage storage;

	private final MongoCollections collections;

	private final EventRepository repository;

	private final EventRepository withoutSealing;

	SegmentFixture(TestStorage storage) {
		this.storage = storage;
		this.collections = storage.collections();
		this.repository = PackageAccess.repository(this.collections, TWO);
		this.withoutSealing = PackageAccess.repository(this.collections, SegmentSize.DEFAULT);
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

	/** Seals as soon as the document holds two segments. */
	EventRepository repository() {
		return this.repository;
	}

	/** Seals nothing, because no test fills a segment of the default size. */
	EventRepository withoutSealing() {
		return this.withoutSealing;
	}

	/** An event with registrations of users 0, 1 and so on. None is sealed. */
	EventId booked(int count) {
		EventId event = this.storage.event(Math.max(20, count + 2));
		IntStream.range(0, count).forEach((number) -> book(event, user(number)));
		return event;
	}

	/** An event with registrations of which all full segments but the last are sealed. */
	EventId sealed(int count) {
		EventId event = booked(count);
		maintain(event);
		return event;
	}

	/** An event for which another process began a sealing that it does not finish. */
	EventId sealingBegun(int count) {
		EventId event = booked(count);
		beginSealing(event);
		return event;
	}

	void beginSealing(EventId event) {
		assertThat(sealing().begin(state(event)).block(TestRun.TIMEOUT)).isTrue();
	}

	/** Seals the oldest segment, unless only the last one is left. */
	Mono<Void> sealOne(EventId event) {
		return Mono.from(this.collections.events().aggregate(SegmentState.query(id(event), TWO)))
			.map(SegmentState::of)
			.filter((state) -> !state.oldest().isEmpty())
			.delayUntil((state) -> sealing().begin(state))
			.flatMap((state) -> sealing().finish(state, state.oldest()))
			.then();
	}

	/** Books a seat for each of the users, and seals none of them. */
	void book(EventId event, UserId... users) {
		for (UserId user : users) {
			assertThat(book(this.withoutSealing, event, user)).isEqualTo(BookingOutcome.BOOKED);
		}
	}

	void holdAndGiveBack(EventId event, UserId user) {
		Flux.just(new Request.Holding(user), new Request.HoldRelease(user))
			.concatMap((request) -> this.repository.decide(event, List.of(request)))
			.blockLast(TestRun.TIMEOUT);
	}

	static BookingOutcome book(EventRepository repository, EventId event, UserId user) {
		return repository.book(event, user).block(TestRun.TIMEOUT);
	}

	/** Releases a sealed registration, and leaves the clean-up to maintenance. */
	void releaseWithoutCleanUp(EventId event, UserId user) {
		int cleanups = EventDocument.count(this.storage.stored().read(event), EventDocument.CLEANUPS);
		SealedRegistration registration = registrations().unreleased(id(event), List.of(user.value()), 99)
			.blockLast(TestRun.TIMEOUT);
		assertThat(release(registration, cleanups)).isTrue();
	}

	/** Sends the write that releases a sealed registration. */
	boolean release(SealedRegistration registration, int cleanups) {
		return PackageAccess.release(this.collections, registration, cleanups).block(TestRun.TIMEOUT);
	}

	/** Does all maintenance that the event needs. */
	void maintain(EventId event) {
		maintenanceOf(event).block(TestRun.TIMEOUT);
	}

	Mono<Void> maintenanceOf(EventId event) {
		return SegmentAccess.maintain(this.collections, TWO, id(event));
	}

	/** Does the maintenance with the database changed, as by a bug of the service. */
	void maintain(EventId event, MongoDatabase broken) {
		SegmentAccess.maintain(TestStorage.collections(broken, this.storage.client()), TWO, id(event))
			.block(TestRun.TIMEOUT);
	}

	SegmentMaintenance maintenance() {
		return new SegmentMaintenance(this.collections, TWO);
	}

	SealingSteps sealing() {
		return new SealingSteps(this.collections);
	}

	SealedRegistrations registrations() {
		return new SealedRegistrations(this.collections);
	}

	SegmentState state(EventId event) {
		return Mono.from(this.collections.events().aggregate(SegmentState.query(id(event), TWO)))
			.map(SegmentState::of)
			.block(TestRun.TIMEOUT);
	}

}
