package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import dev.lastseat.mongo.EventDocument;
import dev.lastseat.mongo.MongoCollections;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.ID;
import static dev.lastseat.mongo.EventDocument.REGISTRATION_IDS;
import static dev.lastseat.mongo.EventDocument.SEALED_COUNT;
import static dev.lastseat.mongo.EventDocument.SEALING;
import static dev.lastseat.mongo.EventDocument.SEGMENT;

/**
 * Moves the oldest registrations of an event out of its document, in three steps. Any
 * process may repeat a step or continue with the next one. After each step every
 * registration can be read, from the document or from a sealed segment. Clients see no
 * change, so the revision stays the same.
 */
final class SealingSteps {

	private final MongoCollections collections;

	SealingSteps(MongoCollections collections) {
		this.collections = collections;
	}

	/**
	 * First step: moves the oldest users to the field {@value EventDocument#SEALING}, if
	 * they are still the oldest. After that the users of this segment and their order are
	 * fixed.
	 * @return whether they were moved
	 */
	Mono<Boolean> begin(SegmentState state) {
		List<String> oldest = state.oldest();
		Document stillTheOldest = new Document("$eq",
				List.of(SegmentState.oldest(oldest.size()), new Document("$literal", oldest)));
		return update(openSegment(state, false).append("$expr", stillTheOldest), Updates
			.combine(Updates.pullByFilter(Filters.in(REGISTRATION_IDS, oldest)), Updates.set(SEALING, oldest)));
	}

	/**
	 * Second and third step: inserts the sealed registrations, then removes the users
	 * from the document and opens the next segment.
	 * @param users that are being sealed
	 * @return whether this call opened the segment; another process may have done it
	 */
	Mono<Boolean> finish(SegmentState state, List<String> users) {
		List<SealedRegistration> registrations = IntStream.range(0, users.size())
			.mapToObj((index) -> new SealedRegistration(state.event(), users.get(index), state.segment(),
					state.sealed() + index, false))
			.toList();
		return new SealedRegistrations(this.collections).insert(registrations)
			.then(update(openSegment(state, true), Updates.combine(Updates.unset(SEALING),
					Updates.set(SEGMENT, state.segment() + 1), Updates.inc(SEALED_COUNT, users.size()))));
	}

	/**
	 * Finishes the sealing that any process has begun, if there is one.
	 */
	Mono<Void> finish(ObjectId event, SegmentSize size) {
		return Mono.from(this.collections.events().aggregate(SegmentState.query(event, size)))
			.map(SegmentState::of)
			.filter((state) -> !state.sealing().isEmpty())
			.flatMap((state) -> finish(state, state.sealing()))
			.then();
	}

	private static Document openSegment(SegmentState state, boolean sealing) {
		return new Document(ID, state.event()).append(SEGMENT, EventDocument.equalTo(state.segment()))
			.append(SEALING, new Document("$exists", sealing));
	}

	private Mono<Boolean> update(Bson guards, Bson update) {
		return Mono.from(this.collections.events().updateOne(guards, update))
			.map(UpdateResult::getMatchedCount)
			.map((matched) -> matched == 1);
	}

}
