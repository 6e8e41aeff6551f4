package dev.lastseat.mongo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.CapacityOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides every change of an event by one {@code updateOne} that holds its own guards,
 * and reads only to say why a guard refused.
 */
final class MongoEventRepository implements EventRepository {

	/**
	 * How often a write is sent while the state keeps moving between the write and the
	 * read that should explain it. In a storm of bookings and cancellations that can be a
	 * coin toss each time; with this many it fails once in 65,000.
	 */
	static final int MAX_ATTEMPTS = 16;

	private static final Bson WITHOUT_REGISTRATIONS = Projections.exclude(EventDocument.REGISTRATION_IDS);

	private final MongoCollection<Document> events;

	/**
	 * @param database whose settings for concerns and preference are overruled: what the
	 * guarantee rests on is not left to a connection string. Writes are acknowledged by
	 * the majority and journaled. Reads go to the primary and see its latest state, since
	 * they explain what a write on the primary has just seen.
	 */
	MongoEventRepository(MongoDatabase database) {
		this.events = database.getCollection(EventDocument.COLLECTION)
			.withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
			.withReadConcern(ReadConcern.LOCAL)
			.withReadPreference(ReadPreference.primary());
	}

	@Override
	public Mono<Event> create(EventDraft draft, Instant createdAt) {
		return Mono.defer(() -> {
			Document document = EventDocument.of(new ObjectId(), draft, createdAt.truncatedTo(ChronoUnit.MILLIS));
			return Mono.from(this.events.insertOne(document)).thenReturn(document);
		}).map(EventDocument::toEvent).onErrorMap(StorageErrors::ofWrite);
	}

	@Override
	public Mono<Event> find(EventId event) {
		return withId(event, Mono.empty(),
				(id) -> Mono.from(this.events.find(Filters.eq(EventDocument.ID, id)).projection(WITHOUT_REGISTRATIONS))
					.map(EventDocument::toEvent)
					.onErrorMap(StorageErrors::ofRead));
	}

	@Override
	public Flux<Event> list(int limit) {
		return Flux
			.from(this.events.find()
				.projection(WITHOUT_REGISTRATIONS)
				.sort(Sorts.ascending(EventDocument.STARTS_AT, EventDocument.ID))
				.limit(limit))
			.map(EventDocument::toEvent)
			.onErrorMap(StorageErrors::ofRead);
	}

	@Override
	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return withId(event, Mono.just(BookingOutcome.EVENT_NOT_FOUND),
				(id) -> decide(GuardedWrite.booking(id, user), standing(id, user), 1));
	}

	@Override
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return withId(event, Mono.just(ReleaseOutcome.EVENT_NOT_FOUND),
				(id) -> decide(GuardedWrite.release(id, user), standing(id, user), 1));
	}

	@Override
	public Mono<Boolean> isRegistered(EventId event, UserId user) {
		return withId(event, Mono.empty(),
				(id) -> standing(id, user).filter(Standing::exists).map(Standing::registered));
	}

	@Override
	public Mono<CapacityOutcome> changeCapacity(EventId event, int capacity) {
		return Mono.fromSupplier(() -> EventDraft.requireLegalCapacity(capacity))
			.flatMap((legal) -> withId(event, Mono.just(CapacityOutcome.EVENT_NOT_FOUND),
					(id) -> decide(GuardedWrite.capacityChange(id, legal), counters(event), 1)));
	}

	@Override
	public Mono<Ledger> ledger(EventId event) {
		return withId(event, Mono.empty(),
				(id) -> Mono.from(this.events.find(Filters.eq(EventDocument.ID, id)))
					.map(EventDocument::toLedger)
					.onErrorMap(StorageErrors::ofRead));
	}

	private <T> Mono<T> decide(GuardedWrite<T> write, Mono<Standing> standing, int attempt) {
		return Mono.from(this.events.updateOne(write.filter(), write.update()))
			.onErrorMap(StorageErrors::ofWrite)
			.flatMap((result) -> (result.getMatchedCount() == 1) ? Mono.just(write.done())
					: explain(write, standing, attempt));
	}

	/**
	 * Says why the write matched nothing. When the state has moved on and no reason is
	 * left, any refusal would be a guess: the write is tried again.
	 */
	private <T> Mono<T> explain(GuardedWrite<T> write, Mono<Standing> standing, int attempt) {
		return standing.map(write::whyNot)
			.flatMap((refusal) -> refusal.map(Mono::just).orElseGet(() -> again(write, standing, attempt)));
	}

	private <T> Mono<T> again(GuardedWrite<T> write, Mono<Standing> standing, int attempt) {
		return (attempt < MAX_ATTEMPTS) ? decide(write, standing, attempt + 1) : Mono.error(StorageException.Busy::new);
	}

	private Mono<Standing> counters(EventId event) {
		return find(event).map((found) -> new Standing(true, found.capacity(), found.ticketsSold(), false))
			.defaultIfEmpty(Standing.NO_EVENT);
	}

	private Mono<Standing> standing(ObjectId id, UserId user) {
		return Mono.from(this.events.aggregate(Standing.query(id, user)))
			.map(Standing::of)
			.defaultIfEmpty(Standing.NO_EVENT)
			.onErrorMap(StorageErrors::ofRead);
	}

	/**
	 * An id that is no ObjectId was never given out, so it names no event.
	 */
	private static <T> Mono<T> withId(EventId event, Mono<T> unknownEvent, Function<ObjectId, Mono<T>> known) {
		return ObjectId.isValid(event.value()) ? known.apply(new ObjectId(event.value())) : unknownEvent;
	}

}
