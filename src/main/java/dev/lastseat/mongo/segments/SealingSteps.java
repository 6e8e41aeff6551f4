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
 * Moves the oldest registrations of an event out of its document, in three steps. Each is
 * one that anybody may repeat, or leave to somebody else; at every point in between,
 * whoever is registered can be seen to be. Nothing changes that a client can see, so the
 * revision stays what it is.
 */
public final class SealingSteps {

	private final MongoCollections collections;

	public SealingSteps(MongoCollections collections) {
		this.collections = collections;
	}

	/**
	 * The first step: the oldest are set apart, if they still are the oldest. From here
	 * on it is fixed who goes with this segment, and in which order.
	 * @return whether they were set apart
	 */
	public Mono<Boolean> begin(SegmentState state) {
		List<String> oldest = state.oldest();
		Document stillTheOldest = new Document("$eq",
				List.of(SegmentState.oldest(oldest.size()), new Document("$literal", oldest)));
		return update(openSegment(state, false).append("$expr", stillTheOldest), Updates
			.combine(Updates.pullByFilter(Filters.in(REGISTRATION_IDS, oldest)), Updates.set(SEALING, oldest)));
	}

	/**
	 * The second and the third: they get their entries, and the next segment is open.
	 * @param sealing who was set apart
	 * @return whether the segment was opened by this: somebody else may have done it
	 */
	public Mono<Boolean> finish(SegmentState state, List<String> sealing) {
		List<SealedRegistration> entries = IntStream.range(0, sealing.size())
			.mapToObj((index) -> new SealedRegistration(state.event(), sealing.get(index), state.segment(),
					state.sealed() + index, false))
			.toList();
		return new SealedRegistrations(this.collections).insert(entries)
			.then(update(openSegment(state, true), Updates.combine(Updates.unset(SEALING),
					Updates.set(SEGMENT, state.segment() + 1), Updates.inc(SEALED_COUNT, sealing.size()))));
	}

	/**
	 * Finishes what somebody has begun, be they gone or not.
	 */
	public Mono<Void> finish(ObjectId event, SegmentSize size) {
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
