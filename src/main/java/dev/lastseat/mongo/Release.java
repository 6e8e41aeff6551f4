package dev.lastseat.mongo;

import java.util.List;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.CLEANUPS;
import static dev.lastseat.mongo.EventDocument.PAGE;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.RELEASED;
import static dev.lastseat.mongo.EventDocument.SEALING_OR_NONE;

/**
 * Gives a seat back, wherever its registration is: on the open page by a single write
 * that finds it there; on its way out when it has arrived; on a sealed page by what the
 * event lists as given back.
 */
final class Release {

	private static final String OPEN = "open";

	private static final String LEAVING = "leaving";

	private final MongoCollections collections;

	private final Housekeeping housekeeping;

	private final ObjectId event;

	private final UserId user;

	Release(MongoCollections collections, Housekeeping housekeeping, ObjectId event, UserId user) {
		this.collections = collections;
		this.housekeeping = housekeeping;
		this.event = event;
		this.user = user;
	}

	/**
	 * @param attempts how often it is looked for at most, 1 or more: after that the state
	 * does not stand still, and any refusal would be a guess
	 * @return exactly one outcome
	 */
	Mono<ReleaseOutcome> decide(int attempts) {
		return Mono.defer(() -> mayBeSealed() ? explain(attempts) : write(attempts));
	}

	/**
	 * As far as it is remembered: who is not on the open page need not be looked for
	 * there first.
	 */
	private boolean mayBeSealed() {
		return this.housekeeping.users()
			.among(this.event, List.of(this.user.value()), this.housekeeping.memory(this.event).page())
			.filter((suspects) -> !suspects.isEmpty())
			.isPresent();
	}

	private Mono<ReleaseOutcome> write(int attempts) {
		return Mono.defer(() -> RegistrationWrites.release(this.event, this.user).apply(this.collections.events()))
			.flatMap((matched) -> (matched == 1) ? Mono.just(ReleaseOutcome.RELEASED) : explain(attempts));
	}

	private Mono<ReleaseOutcome> explain(int attempts) {
		return StorageErrors.read(Mono.from(this.collections.events().aggregate(query())))
			.map((found) -> explain(found, attempts))
			.defaultIfEmpty(Mono.just(ReleaseOutcome.EVENT_NOT_FOUND))
			.flatMap((outcome) -> outcome);
	}

	private List<Bson> query() {
		Document literal = new Document("$literal", this.user.value());
		return List.of(Aggregates.match(EventDocument.existing(this.event)),
				Aggregates.project(Projections.fields(Projections.include(PAGE, CLEANUPS, RELEASED),
						Projections.computed(OPEN, new Document("$in", List.of(literal, "$" + REGISTRATION_IDS))),
						Projections.computed(LEAVING, new Document("$in", List.of(literal, SEALING_OR_NONE))))));
	}

	private Mono<ReleaseOutcome> explain(Document found, int attempts) {
		if (found.getBoolean(OPEN)) {
			return again(attempts);
		}
		if (found.getBoolean(LEAVING)) {
			return StorageErrors.read(new Sealing(this.collections).finish(this.event, this.housekeeping.size()))
				.then(Mono.defer(() -> again(attempts)));
		}
		return sealed(found).flatMap((entry) -> release(entry, EventDocument.count(found, CLEANUPS), attempts))
			.defaultIfEmpty(ReleaseOutcome.NOT_REGISTERED);
	}

	/**
	 * The entry that counts. It is read after the event, like everywhere.
	 */
	private Mono<Entry> sealed(Document found) {
		int page = EventDocument.count(found, PAGE);
		List<Document> released = EventDocument.list(found, RELEASED, Document.class);
		return (page == 0) ? Mono.empty()
				: StorageErrors
					.read(new Entries(this.collections).unreleased(this.event, List.of(this.user.value()), page)
						.filter((entry) -> !released.contains(entry.pair()))
						.next());
	}

	private Mono<ReleaseOutcome> release(Entry entry, int cleanups, int attempts) {
		return RegistrationWrites.release(entry, cleanups)
			.apply(this.collections.events())
			.flatMap((matched) -> (matched == 1) ? released() : again(attempts));
	}

	private Mono<ReleaseOutcome> released() {
		this.housekeeping.released(this.event);
		return Mono.just(ReleaseOutcome.RELEASED);
	}

	private Mono<ReleaseOutcome> again(int attempts) {
		return (attempts > 1) ? write(attempts - 1) : Mono.error(StorageException.Busy::new);
	}

}
