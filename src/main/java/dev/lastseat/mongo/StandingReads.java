package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.DisplayedStandings;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealedUserLookup;
import dev.lastseat.mongo.segments.SegmentMemory;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads what an event is to some users, and pages of its waiting list.
 *
 * @param sealedUsers with the read concern of the collections
 * @param memory gives the number of the open segment. If that is outdated, the first read
 * corrects it
 * @param now holds that end until now are expired
 */
record StandingReads(MongoCollections collections, SealedUserLookup sealedUsers, ObjectId event, SegmentMemory memory,
		Instant now) {

	private static final String REGISTERED = "registered";

	/**
	 * Reads again if another segment is open than was known. A registration that the
	 * event does not contain is looked for in the sealed segments.
	 * @return the standing of each of the users; empty if the event does not exist
	 */
	Mono<DisplayedStandings> ofUsers(Set<UserId> users) {
		return Mono.defer(() -> ofUsers(users, this.memory.segment()));
	}

	private Mono<DisplayedStandings> ofUsers(Set<UserId> users, int segment) {
		List<String> ids = users.stream().map(UserId::value).toList();
		Mono<Set<String>> possiblySealed = (segment == 0) ? Mono.just(Set.of())
				: this.sealedUsers.possiblySealed(this.event, ids, segment);
		return possiblySealed.flatMap((possible) -> read(query(ids, !possible.isEmpty())).flatMap((found) -> {
			int open = EventDocument.count(found, EventDocument.SEGMENT);
			if (open != segment) {
				// A read for display may be older than what is remembered.
				this.memory.updateSegment(Math.max(open, this.memory.segment()));
				return ofUsers(users, open);
			}
			return sealed(found, possible, segment)
				.map((sealed) -> new DisplayedStandings(revision(found), standings(found, ids, sealed)));
		}));
	}

	/** A document that was edited by hand may have no revision. */
	private static long revision(Document found) {
		Number revision = found.get(EventDocument.REVISION, Number.class);
		return (revision != null) ? revision.longValue() : 0;
	}

	private Mono<Document> read(Bson fields) {
		return StorageErrors.read(Mono.defer(() -> Mono.from(this.collections.events()
			.aggregate(List.of(Aggregates.match(EventDocument.existing(this.event)), Aggregates.project(fields))))));
	}

	private static Bson query(List<String> ids, boolean withReleased) {
		List<Bson> fields = new ArrayList<>(
				List.of(Projections.excludeId(), Projections.include(EventDocument.SEGMENT, EventDocument.REVISION),
						Projections.computed(REGISTERED, new Document("$setIntersection",
								List.of(RoundGuards.literal(ids), EventDocument.USERS_IN_DOCUMENT)))));
		fields.add(WaitingList.fields(RoundGuards.literal(false), ids));
		fields.add(Projections.include((ids.size() > WaitingList.FEW_USERS) ? List.of(EventDocument.HOLDS)
				: ids.stream().map(HoldFields::path).toList()));
		if (withReleased) {
			fields.add(Projections.include(EventDocument.RELEASED));
		}
		return Projections.fields(fields);
	}

	/** The users among them whose sealed registration counts. */
	private Mono<Set<String>> sealed(Document found, Set<String> possiblySealed, int segment) {
		Set<Document> released = new HashSet<>(EventDocument.list(found, EventDocument.RELEASED, Document.class));
		return this.sealedUsers.registrations(this.event, possiblySealed, segment, released)
			.map((registrations) -> registrations.stream()
				.filter((registration) -> !registration.released())
				.map(SealedRegistration::user)
				.collect(Collectors.toSet()));
	}

	private Map<UserId, Standing> standings(Document found, List<String> ids, Set<String> sealed) {
		Set<String> registered = new HashSet<>(found.getList(REGISTERED, String.class));
		registered.addAll(sealed);
		Map<UserId, Hold> holds = HoldFields.list(found.get(EventDocument.HOLDS, Document.class))
			.stream()
			.filter((hold) -> !hold.isExpired(this.now))
			.collect(Collectors.toMap(Hold::user, Function.identity()));
		WaitingList waiting = WaitingList.of(found, ids);
		return ids.stream()
			.map(UserId::new)
			.collect(Collectors.toMap(Function.identity(),
					(user) -> standing(registered.contains(user.value()), holds.get(user), waiting.place(user))));
	}

	private static Standing standing(boolean registered, @Nullable Hold hold, @Nullable WaitingPlace place) {
		if (registered) {
			return Standing.REGISTERED;
		}
		if (hold != null) {
			return Standing.of(hold);
		}
		return (place != null) ? Standing.of(place) : Standing.NONE;
	}

	/**
	 * The server sends the users of the page only.
	 * @param after number of users before the page
	 * @return the page; empty if the event does not exist
	 */
	Mono<Page<UserId, Integer>> waitingList(int after, int limit) {
		Document slice = new Document("$slice", List.of(WaitingList.USERS, after, limit + 1));
		return read(Projections.fields(Projections.excludeId(), Projections.computed(EventDocument.WAITING, slice)))
			.map((found) -> EventDocument.list(found, EventDocument.WAITING, String.class))
			.map((users) -> EventReads.toPage(users.stream().map(UserId::new).toList(), limit,
					(last) -> after + limit));
	}

}
