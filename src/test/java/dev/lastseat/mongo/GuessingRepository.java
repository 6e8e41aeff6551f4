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
 * A deliberate bug: the write has its guards, but the reason of a refusal is guessed.
 * This is the negative control for the refusals in the races.
 */
final class GuessingRepository extends UnguardedRepository {

	/** Reads nothing. */
	static final BiFunction<Ledger, UserId, BookingOutcome> ALWAYS_SOLD_OUT = (ledger, user) -> BookingOutcome.SOLD_OUT;

	/** Checks the user, but not the free seats. */
	static final BiFunction<Ledger, UserId, BookingOutcome> SOLD_OUT_UNLESS_REGISTERED = (ledger,
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
		return PackageAccess.booking(new ObjectId(event.value()), List.of(user.value()), 0)
			.send(this.events)
			.flatMap((matched) -> matched ? Mono.just(BookingOutcome.BOOKED)
					: ledger(event).map((ledger) -> this.guess.apply(ledger, user)));
	}

	@Override
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return this.guarded.release(event, user);
	}

}
