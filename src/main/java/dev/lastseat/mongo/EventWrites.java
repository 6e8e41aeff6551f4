package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.RevisionCondition;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.CAPACITY;
import static dev.lastseat.mongo.EventDocument.DESCRIPTION;
import static dev.lastseat.mongo.EventDocument.ENDS_AT;
import static dev.lastseat.mongo.EventDocument.HELD;
import static dev.lastseat.mongo.EventDocument.HOLD_SECONDS;
import static dev.lastseat.mongo.EventDocument.JOURNAL;
import static dev.lastseat.mongo.EventDocument.JOURNAL_MOVED;
import static dev.lastseat.mongo.EventDocument.JOURNAL_MOVING;
import static dev.lastseat.mongo.EventDocument.OFFER_SECONDS;
import static dev.lastseat.mongo.EventDocument.NEXT_EXPIRY;
import static dev.lastseat.mongo.EventDocument.REVISION;
import static dev.lastseat.mongo.EventDocument.SALES_CLOSE_AT;
import static dev.lastseat.mongo.EventDocument.SALES_OPEN_AT;
import static dev.lastseat.mongo.EventDocument.SEALING;
import static dev.lastseat.mongo.EventDocument.SEGMENT;
import static dev.lastseat.mongo.EventDocument.STARTS_AT;
import static dev.lastseat.mongo.EventDocument.TICKETS_SOLD;
import static dev.lastseat.mongo.EventDocument.TITLE;
import static dev.lastseat.mongo.EventDocument.date;

/**
 * Changes and deletes events. Every condition of a change is a guard in the filter of its
 * write.
 */
final class EventWrites {

	private final MongoCollection<Document> events;

	private final SaleSettings settings;

	private final Clock clock;

	/**
	 * @param settings whether events have a journal
	 * @param clock gives the time of a write for its entries
	 */
	EventWrites(MongoCollection<Document> events, SaleSettings settings, Clock clock) {
		this.events = events;
		this.settings = settings;
		this.clock = clock;
	}

	GuardedWrite<EventState, ChangeOutcome> change(ObjectId event, EventChange change, RevisionCondition condition) {
		return new GuardedWrite<>((last) -> change(event, change, condition, last), ChangeOutcome.CHANGED,
				ChangeOutcome.EVENT_NOT_FOUND, (found) -> whyNotChanged(found, change, condition));
	}

	/**
	 * @param last the state that was read last. The write ends those of its expired holds
	 * that are in the way of a lower capacity
	 */
	private Mono<Boolean> change(ObjectId event, EventChange change, RevisionCondition condition,
			@Nullable EventState last) {
		Instant now = this.clock.instant();
		List<Bson> guards = guards(event, condition);
		List<Bson> updates = updates(change);
		if (change.changes(Field.CAPACITY)) {
			List<Hold> ended = (last != null) ? last.endingFor(change.capacity()) : List.of();
			if (!ended.isEmpty()) {
				guards.add(HoldFields.present(ended));
				updates.add(HoldFields.removal(ended));
			}
			Document taken = new Document("$add",
					List.of("$" + TICKETS_SOLD, EventDocument.HELD_OR_ZERO, -ended.size()));
			guards.add(Filters.expr(new Document("$lte", List.of(taken, change.capacity()))));
			// Until the new seats are offered, a sweep finds the event.
			updates.add(Updates.min(NEXT_EXPIRY, date(now)));
			List<JournalLine> lines = new ArrayList<>(JournalLine.expired(ended));
			lines.add(new JournalLine(Op.CAPACITY_CHANGED, null));
			JournalLine.push(this.settings.journal(lines, now)).ifPresent(updates::add);
		}
		if (change.changes(Field.STARTS_AT) && !change.changes(Field.ENDS_AT)) {
			guards.add(Filters.or(Filters.eq(ENDS_AT, null), Filters.gte(ENDS_AT, date(change.startsAt()))));
		}
		if (change.changes(Field.ENDS_AT) && !change.changes(Field.STARTS_AT) && change.endsAt() != null) {
			guards.add(Filters.lte(STARTS_AT, date(change.endsAt())));
		}
		addWindowGuards(guards, change);
		return matched(() -> this.events.updateOne(Filters.and(guards), Updates.combine(updates)));
	}

	private static void addWindowGuards(List<Bson> guards, EventChange change) {
		Instant opensAt = change.sale().opensAt();
		Instant closesAt = change.sale().closesAt();
		if (change.changes(Field.SALES_OPEN_AT) && !change.changes(Field.SALES_CLOSE_AT) && opensAt != null) {
			guards.add(Filters.or(Filters.eq(SALES_CLOSE_AT, null), Filters.gt(SALES_CLOSE_AT, date(opensAt))));
		}
		if (change.changes(Field.SALES_CLOSE_AT) && !change.changes(Field.SALES_OPEN_AT) && closesAt != null) {
			guards.add(Filters.or(Filters.eq(SALES_OPEN_AT, null), Filters.lt(SALES_OPEN_AT, date(closesAt))));
		}
	}

	private static List<Bson> guards(ObjectId event, RevisionCondition condition) {
		List<Bson> guards = new ArrayList<>(List.of(EventDocument.existing(event)));
		if (condition.oneOf() != null) {
			guards.add(Filters.in(REVISION, condition.oneOf()));
		}
		if (!condition.noneOf().isEmpty()) {
			guards.add(Filters.nin(REVISION, condition.noneOf()));
		}
		return guards;
	}

	private static List<Bson> updates(EventChange change) {
		List<Bson> updates = new ArrayList<>(List.of(Updates.inc(REVISION, 1L)));
		for (Field field : change.fields()) {
			updates.add(switch (field) {
				case TITLE -> Updates.set(TITLE, change.title());
				case DESCRIPTION -> Updates.set(DESCRIPTION, change.description());
				case STARTS_AT -> Updates.set(STARTS_AT, date(change.startsAt()));
				case ENDS_AT -> Updates.set(ENDS_AT, date(change.endsAt()));
				case CAPACITY -> Updates.set(CAPACITY, change.capacity());
				case SALES_OPEN_AT -> setOrUnset(SALES_OPEN_AT, date(change.sale().opensAt()));
				case SALES_CLOSE_AT -> setOrUnset(SALES_CLOSE_AT, date(change.sale().closesAt()));
				case HOLD_SECONDS -> setOrUnset(HOLD_SECONDS, change.sale().holdSeconds());
				case OFFER_SECONDS -> setOrUnset(OFFER_SECONDS, change.sale().offerSeconds());
			});
		}
		return updates;
	}

	private static Bson setOrUnset(String field, @Nullable Object value) {
		return (value != null) ? Updates.set(field, value) : Updates.unset(field);
	}

	private static Optional<ChangeOutcome> whyNotChanged(EventState state, EventChange change,
			RevisionCondition condition) {
		Event found = state.event();
		if (!condition.accepts(found.revision())) {
			return Optional.of(ChangeOutcome.STALE);
		}
		if (change.changes(Field.CAPACITY) && state.takenSeats() > change.capacity()) {
			return Optional.of(ChangeOutcome.CAPACITY_BELOW_SOLD);
		}
		Instant end = change.endOf(found);
		if (end != null && end.isBefore(change.startOf(found))) {
			return Optional.of(ChangeOutcome.ENDS_BEFORE_START);
		}
		Instant opensAt = change.openingOf(found);
		Instant closesAt = change.closingOf(found);
		return (opensAt != null && closesAt != null && !closesAt.isAfter(opensAt))
				? Optional.of(ChangeOutcome.CLOSES_BEFORE_OPENING) : Optional.empty();
	}

	/**
	 * Deletes the event, or makes it a {@linkplain EventDocument#tombstone tombstone} if
	 * it has sealed registrations or a journal. The tombstone keeps the journal. A
	 * booking comes either before the deletion, whose guard then sees the sold ticket, or
	 * after it, and then finds no event.
	 */
	GuardedWrite<EventState, DeletionOutcome> deletion(ObjectId event, boolean withRegistrations,
			RevisionCondition condition) {
		return new GuardedWrite<>((last) -> {
			List<Bson> guards = guards(event, condition);
			if (!withRegistrations) {
				guards.add(Filters.eq(TICKETS_SOLD, 0));
				guards.add((last != null && !last.expired().isEmpty()) ? Filters.eq(REVISION, last.event().revision())
						: new Document(HELD, EventDocument.equalTo(0)));
			}
			return delete(event, Filters.and(guards), this.clock.instant());
		}, DeletionOutcome.DELETED, DeletionOutcome.EVENT_NOT_FOUND,
				(found) -> whyNotDeleted(found, withRegistrations, condition));
	}

	private Mono<Boolean> delete(ObjectId event, Bson guard, Instant now) {
		Bson nothingToKeep = new Document(SEGMENT, EventDocument.equalTo(0)).append(SEALING, EventDocument.ABSENT)
			.append(JOURNAL, EventDocument.ABSENT)
			.append(JOURNAL_MOVING, EventDocument.ABSENT)
			.append(JOURNAL_MOVED, EventDocument.equalTo(0));
		List<Bson> burial = new ArrayList<>(List.of(EventDocument.burial(now)));
		JournalLine.push(this.settings.journal(List.of(new JournalLine(Op.CANCELLED, null)), now))
			.ifPresent(burial::add);
		Mono<Boolean> tombstone = matched(
				() -> this.events.updateOne(Filters.and(guard, Filters.nor(nothingToKeep)), Updates.combine(burial)));
		return StorageErrors
			.write(Mono.defer(() -> Mono.from(this.events.deleteOne(Filters.and(guard, nothingToKeep)))))
			.flatMap((result) -> (result.getDeletedCount() == 1) ? Mono.just(true) : tombstone);
	}

	private static Mono<Boolean> matched(Supplier<Publisher<UpdateResult>> write) {
		return StorageErrors.write(Mono.defer(() -> Mono.from(write.get())))
			.map((result) -> result.getMatchedCount() == 1);
	}

	private static Optional<DeletionOutcome> whyNotDeleted(EventState found, boolean withRegistrations,
			RevisionCondition condition) {
		if (!condition.accepts(found.event().revision())) {
			return Optional.of(DeletionOutcome.STALE);
		}
		return (!withRegistrations && found.takenSeats() > 0) ? Optional.of(DeletionOutcome.HAS_REGISTRATIONS)
				: Optional.empty();
	}

}
