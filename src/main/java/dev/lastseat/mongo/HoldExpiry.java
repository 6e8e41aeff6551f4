package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Hold;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.CAPACITY;
import static dev.lastseat.mongo.EventDocument.HELD;
import static dev.lastseat.mongo.EventDocument.HOLDS;
import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.NEXT_EXPIRY;
import static dev.lastseat.mongo.EventDocument.REVISION;
import static dev.lastseat.mongo.EventDocument.TICKETS_SOLD;
import static dev.lastseat.mongo.EventDocument.WAITING_COUNT;

/**
 * Removes expired holds. Each write is guarded by each of its holds being present as it
 * was read, so any number of processes may do it.
 */
final class HoldExpiry {

	/** Holds that one write removes. It takes some milliseconds. */
	private static final int HOLDS_PER_WRITE = 500;

	private final MongoCollections collections;

	private final Clock clock;

	private final SaleSettings settings;

	private final SegmentMaintenance maintenance;

	private final Function<ObjectId, Mono<Expiry>> offers;

	/**
	 * @param settings whether events have a journal
	 * @param maintenance is notified of new entries of a journal
	 * @param offers offers the seats of an event that are free or whose holds are expired
	 * to waiting users; empty if there is nothing to offer
	 */
	HoldExpiry(MongoCollections collections, Clock clock, SaleSettings settings, SegmentMaintenance maintenance,
			Function<ObjectId, Mono<Expiry>> offers) {
		this.collections = collections;
		this.clock = clock;
		this.settings = settings;
		this.maintenance = maintenance;
		this.offers = offers;
	}

	/**
	 * Removes the expired holds of all events. One indexed query finds the events.
	 */
	Flux<Expiry> removeAll() {
		return Flux.defer(() -> StorageErrors
			.read(Flux.from(this.collections.forDisplay()
				.events()
				.find(Filters.lte(NEXT_EXPIRY, Date.from(this.clock.instant())))
				.projection(Projections.include(ID))).collectList())
			.flatMapIterable((found) -> found)
			.map((found) -> found.getObjectId(ID))
			.concatMapDelayError(this::advance));
	}

	/**
	 * First offers the seats to waiting users. Then removes the holds that are left.
	 */
	private Mono<Expiry> advance(ObjectId event) {
		Expiry none = new Expiry(new EventId(event.toHexString()), 0, 0);
		return this.offers.apply(event)
			.defaultIfEmpty(none)
			.flatMap((offered) -> remove(event).map((removed) -> offered.plus(removed, 0)))
			.filter((expiry) -> !expiry.equals(none));
	}

	/**
	 * Removes the expired holds of an event.
	 * @return the number of holds that this call removed; 0 when the event does not exist
	 */
	private Mono<Integer> remove(ObjectId event) {
		return Mono.defer(() -> {
			Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
			return StorageErrors
				.read(Mono.from(
						this.collections.events()
							.find(EventDocument.existing(event))
							.projection(Projections.include(HOLDS, NEXT_EXPIRY, REVISION, WAITING_COUNT, CAPACITY,
									TICKETS_SOLD, HELD))))
				.flatMap((found) -> remove(found, now));
		}).defaultIfEmpty(0);
	}

	private Mono<Integer> remove(Document found, Instant now) {
		List<Hold> holds = HoldFields.list(found.get(HOLDS, Document.class));
		List<Hold> expired = holds.stream().filter((hold) -> hold.isExpired(now)).toList();
		return Flux.range(0, (expired.size() + HOLDS_PER_WRITE - 1) / HOLDS_PER_WRITE)
			.map((part) -> expired.subList(part * HOLDS_PER_WRITE,
					Math.min((part + 1) * HOLDS_PER_WRITE, expired.size())))
			.concatMap((part) -> remove(found.getObjectId(ID), part, now))
			.collectList()
			.flatMap((removed) -> raiseBound(found, removed.size(), holds, now)
				.thenReturn(removed.stream().mapToInt(Integer::intValue).sum()));
	}

	/**
	 * @return the number of removed holds; empty if one of them was not there any more,
	 * and so none was removed. The next sweep reads again
	 */
	private Mono<Integer> remove(ObjectId event, List<Hold> expired, Instant now) {
		Document guards = HoldFields.present(expired)
			.append(ID, event)
			.append(EventDocument.waitingAt(0), EventDocument.ABSENT);
		List<String> journal = this.settings.journal(JournalLine.expired(expired), now);
		List<Bson> removal = new ArrayList<>(List.of(HoldFields.removal(expired), Updates.inc(REVISION, 1L)));
		JournalLine.push(journal).ifPresent(removal::add);
		return update(guards, Updates.combine(removal)).filter(Boolean::booleanValue)
			.doOnNext((matched) -> this.maintenance.written(event, 0, journal.size()))
			.map((matched) -> expired.size());
	}

	/**
	 * Sets the bound to the earliest end that is left. It does so only while no other
	 * writer has changed the event since it was read: a hold that was made meanwhile may
	 * end earlier. Clients see no change, so the revision stays the same.
	 * <p>
	 * While there is a seat to offer, the bound stays, so that the next sweep finds the
	 * event again.
	 */
	private Mono<Boolean> raiseBound(Document found, int writes, List<Hold> holds, Instant now) {
		if (hasSeatToOffer(found)) {
			return Mono.just(false);
		}
		Bson bound = holds.stream()
			.filter((hold) -> !hold.isExpired(now))
			.map(Hold::until)
			.min(Comparator.naturalOrder())
			.map((first) -> Updates.set(NEXT_EXPIRY, Date.from(first)))
			.orElse(Updates.unset(NEXT_EXPIRY));
		long revision = EventDocument.number(found, REVISION).longValue() + writes;
		return update(new Document(ID, found.getObjectId(ID)).append(REVISION, revision), bound);
	}

	/** Seats that a higher capacity has added since the offers were made. */
	private static boolean hasSeatToOffer(Document found) {
		int taken = EventDocument.number(found, TICKETS_SOLD).intValue() + EventDocument.count(found, HELD);
		return EventDocument.count(found, WAITING_COUNT) > 0
				&& taken < EventDocument.number(found, CAPACITY).intValue();
	}

	private Mono<Boolean> update(Document guards, Bson update) {
		return StorageErrors.write(Mono.defer(() -> Mono.from(this.collections.events().updateOne(guards, update))))
			.map((result) -> result.getMatchedCount() == 1);
	}

}
