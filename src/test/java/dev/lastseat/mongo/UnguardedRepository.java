package dev.lastseat.mongo;

import java.time.Instant;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
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
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How not to do it: reads, checks, and then writes. The negative control of the races.
 */
class UnguardedRepository implements EventRepository {

	private final MongoEventRepository guarded;

	private final MongoCollection<Document> events;

	UnguardedRepository(MongoDatabase database) {
		this.guarded = new MongoEventRepository(database);
		this.events = database.getCollection(EventDocument.COLLECTION);
	}

	@Override
	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return checkThenWrite(event, (ledger) -> {
			if (ledger.registrations().contains(user)) {
				return BookingOutcome.ALREADY_REGISTERED;
			}
			return (ledger.ticketsSold() < ledger.capacity()) ? BookingOutcome.BOOKED : BookingOutcome.SOLD_OUT;
		}, BookingOutcome.BOOKED,
				Updates.combine(Updates.inc("tickets_sold", 1), Updates.push("registration_ids", user.value())));
	}

	@Override
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return checkThenWrite(event,
				(ledger) -> ledger.registrations().contains(user) ? ReleaseOutcome.RELEASED
						: ReleaseOutcome.NOT_REGISTERED,
				ReleaseOutcome.RELEASED,
				Updates.combine(Updates.inc("tickets_sold", -1), Updates.pull("registration_ids", user.value())));
	}

	@Override
	public Mono<CapacityOutcome> changeCapacity(EventId event, int capacity) {
		return checkThenWrite(event,
				(ledger) -> (ledger.ticketsSold() <= capacity) ? CapacityOutcome.CHANGED : CapacityOutcome.BELOW_SOLD,
				CapacityOutcome.CHANGED, Updates.set("capacity", capacity));
	}

	private <T> Mono<T> checkThenWrite(EventId event, Function<Ledger, T> check, T go, Bson update) {
		return ledger(event).flatMap((ledger) -> {
			T outcome = check.apply(ledger);
			return (outcome == go)
					? Mono.from(this.events.updateOne(Filters.eq("_id", new ObjectId(event.value())), update))
						.thenReturn(outcome)
					: Mono.just(outcome);
		});
	}

	@Override
	public Mono<Event> create(EventDraft draft, Instant createdAt) {
		return this.guarded.create(draft, createdAt);
	}

	@Override
	public Mono<Event> find(EventId event) {
		return this.guarded.find(event);
	}

	@Override
	public Flux<Event> list(int limit) {
		return this.guarded.list(limit);
	}

	@Override
	public Mono<Boolean> isRegistered(EventId event, UserId user) {
		return this.guarded.isRegistered(event, user);
	}

	@Override
	public Mono<Ledger> ledger(EventId event) {
		return this.guarded.ledger(event);
	}

}
