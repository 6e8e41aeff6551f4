package dev.lastseat.mongo;

import java.util.List;
import java.util.function.BiFunction;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * How not to explain it: guards the write as it should be, and then takes a guess at why
 * it did not match. The negative control of what the races say about refusals.
 */
final class GuessingRepository extends UnguardedRepository {

	/** Nobody looks: whatever did not match was full. */
	static final BiFunction<Ledger, UserId, BookingOutcome> WITHOUT_A_LOOK = (ledger, user) -> BookingOutcome.SOLD_OUT;

	/** Whoever is not registered by now was refused because it was full. */
	static final BiFunction<Ledger, UserId, BookingOutcome> FROM_HALF_A_LOOK = (ledger,
			user) -> ledger.registrations().contains(user) ? BookingOutcome.ALREADY_REGISTERED
					: BookingOutcome.SOLD_OUT;

	private final MongoCollection<Document> events;

	private final MongoEventRepository guarded;

	private final BiFunction<Ledger, UserId, BookingOutcome> guess;

	GuessingRepository(MongoDatabase database, BiFunction<Ledger, UserId, BookingOutcome> guess) {
		super(database);
		this.events = database.getCollection(EventDocument.COLLECTION);
		this.guarded = Repositories.of(database, SegmentSize.DEFAULT);
		this.guess = guess;
	}

	@Override
	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return new RegistrationWrite(new ObjectId(event.value()), List.of(user.value()), 0, List.of(), List.of(), 0)
			.send(this.events)
			.flatMap((made) -> made ? Mono.just(BookingOutcome.BOOKED)
					: ledger(event).map((ledger) -> this.guess.apply(ledger, user)));
	}

	@Override
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return this.guarded.release(event, user);
	}

}
