package dev.lastseat.mongo;

import java.util.List;
import java.util.Set;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.Ledger;
import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealedRegistrations;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Reads the counters of an event together with all registered users.
 *
 * @param collections for decisions
 */
record LedgerRead(MongoCollections collections, ObjectId event) {

	/**
	 * Reads the event, then the sealed registrations. One of these may be marked as
	 * released between the two reads, so both are repeated if the event has changed since
	 * the first.
	 * @param attempts maximum number of times to read, 1 or more; the last result is
	 * returned even if the event has changed
	 * @return the ledger; empty if the event does not exist
	 */
	Mono<Ledger> ledger(int attempts) {
		return Mono.from(this.collections.events().find(EventDocument.existing(this.event)))
			.flatMap((found) -> (EventDocument.count(found, EventDocument.SEALED_COUNT) == 0)
					? Mono.just(EventDocument.toLedger(found, List.of())) : ledger(found, attempts));
	}

	private Mono<Ledger> ledger(Document found, int attempts) {
		Set<Document> released = Set.copyOf(EventDocument.list(found, EventDocument.RELEASED, Document.class));
		return new SealedRegistrations(this.collections)
			.inOrder(this.event, 0, EventDocument.count(found, EventDocument.SEALED_COUNT), 0)
			.filter((registration) -> !released.contains(registration.key()))
			.map(SealedRegistration::user)
			.collectList()
			.flatMap((sealed) -> hasSameRevision(found).flatMap((unchanged) -> (unchanged || attempts == 1)
					? Mono.just(EventDocument.toLedger(found, sealed)) : ledger(attempts - 1)));
	}

	private Mono<Boolean> hasSameRevision(Document found) {
		return Mono
			.from(this.collections.events()
				.find(Filters.and(Filters.eq(EventDocument.ID, this.event),
						Filters.eq(EventDocument.REVISION, found.get(EventDocument.REVISION))))
				.projection(Projections.include(EventDocument.REVISION)))
			.hasElement();
	}

}
