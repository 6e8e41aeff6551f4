package dev.lastseat.mongo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.DisplayedStandings;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A deliberate bug: reads and checks the event first, and then writes without a guard.
 * This is the negative control of the races.
 */
class UnguardedRepository implements EventRepository {

	private final MongoEventRepository guarded;

	private final MongoCollection<Document> events;

	UnguardedRepository(MongoDatabase database) {
		this.guarded = Repositories.of(database, SegmentSize.DEFAULT);
		this.events = database.getCollection(EventDocument.COLLECTION);
	}

	@Override
	public Flux<Decision> decide(EventId event, List<Request> requests) {
		return Flux.fromIterable(requests)
			.concatMap((request) -> ((request instanceof Request.Booking) ? book(event, Requests.user(request))
					: release(event, Requests.user(request)))
				.map((outcome) -> new Decision(request, outcome)));
	}

	@Override
	public Mono<BookingOutcome> book(EventId event, UserId user) {
		return checkThenWrite(event, (ledger) -> {
			if (ledger.registrations().contains(user)) {
				return BookingOutcome.ALREADY_REGISTERED;
			}
			return (ledger.ticketsSold() < ledger.capacity()) ? BookingOutcome.BOOKED : BookingOutcome.SOLD_OUT;
		}, BookingOutcome.BOOKED, Updates.combine(Updates.inc("tickets_sold", 1),
				Updates.push("registration_ids", user.value()), journal(Op.BOOKED, user)));
	}

	@Override
	public Mono<Map<UserId, Standing>> standings(EventId event, Set<UserId> users) {
		return this.guarded.standings(event, users);
	}

	@Override
	public Mono<DisplayedStandings> displayedStandings(EventId event, Set<UserId> users) {
		return this.guarded.displayedStandings(event, users);
	}

	@Override
	public Mono<Page<UserId, Integer>> waitingList(EventId event, int after, int limit) {
		return this.guarded.waitingList(event, after, limit);
	}

	@Override
	public Mono<Page<JournalEntry, Long>> journal(EventId event, long after, int limit) {
		return this.guarded.journal(event, after, limit);
	}

	@Override
	public Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return checkThenWrite(event,
				(ledger) -> ledger.registrations().contains(user) ? ReleaseOutcome.RELEASED
						: ReleaseOutcome.NOT_REGISTERED,
				ReleaseOutcome.RELEASED, Updates.combine(Updates.inc("tickets_sold", -1),
						Updates.pull("registration_ids", user.value()), journal(Op.RELEASED, user)));
	}

	private static Bson journal(Op op, UserId user) {
		return Updates.push("journal", new JournalLine(op, user).text(Instant.EPOCH));
	}

	/** Changes the capacity only, because the races change no other field. */
	@Override
	public Mono<ChangeOutcome> change(EventId event, EventChange change, RevisionCondition condition) {
		return checkThenWrite(event,
				(ledger) -> (ledger.ticketsSold() <= change.capacity()) ? ChangeOutcome.CHANGED
						: ChangeOutcome.CAPACITY_BELOW_SOLD,
				ChangeOutcome.CHANGED, Updates.set("capacity", change.capacity()));
	}

	@Override
	public Mono<DeletionOutcome> delete(EventId event, boolean withRegistrations, RevisionCondition condition) {
		return ledger(event).flatMap((ledger) -> (ledger.ticketsSold() == 0)
				? Mono.from(this.events.deleteOne(byId(event))).thenReturn(DeletionOutcome.DELETED)
				: Mono.just(DeletionOutcome.HAS_REGISTRATIONS))
			.defaultIfEmpty(DeletionOutcome.EVENT_NOT_FOUND);
	}

	private <T> Mono<T> checkThenWrite(EventId event, Function<Ledger, T> check, T allowed, Bson update) {
		return ledger(event).flatMap((ledger) -> {
			T outcome = check.apply(ledger);
			return (outcome == allowed) ? Mono.from(this.events.updateOne(byId(event), update)).thenReturn(outcome)
					: Mono.just(outcome);
		});
	}

	@Override
	public Mono<Event> create(EventDraft draft, Instant createdAt) {
		return this.guarded.create(draft, createdAt);
	}

	@Override
	public Mono<EventCreation> create(EventId event, EventDraft draft, Instant createdAt) {
		return this.guarded.create(event, draft, createdAt);
	}

	@Override
	public Mono<Event> find(EventId event) {
		return this.guarded.find(event);
	}

	@Override
	public Mono<Event> findLatest(EventId event) {
		return this.guarded.findLatest(event);
	}

	@Override
	public Mono<Page<Event, EventQuery.Cursor>> list(EventQuery query) {
		return this.guarded.list(query);
	}

	@Override
	public Mono<Page<UserId, RegistrationCursor>> registrations(EventId event, @Nullable RegistrationCursor after,
			int limit) {
		return this.guarded.registrations(event, after, limit);
	}

	@Override
	public Mono<Map<UserId, Hold>> holds(EventId event, Set<UserId> users) {
		return this.guarded.holds(event, users);
	}

	@Override
	public Mono<Page<Hold, HoldQuery.Cursor>> holds(EventId event, HoldQuery query) {
		return this.guarded.holds(event, query);
	}

	@Override
	public Flux<Expiry> removeExpiredHolds() {
		return this.guarded.removeExpiredHolds();
	}

	@Override
	public Mono<Set<UserId>> registered(EventId event, Set<UserId> users) {
		return this.guarded.registered(event, users);
	}

	@Override
	public Mono<Ledger> ledger(EventId event) {
		return this.guarded.ledger(event);
	}

	private static Bson byId(EventId event) {
		return Filters.eq("_id", new ObjectId(event.value()));
	}

}
