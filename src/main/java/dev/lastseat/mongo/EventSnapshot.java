package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/**
 * The state of an event as far as it concerns some users: all that is needed to explain
 * why a guarded write matched nothing, in one small answer. No other user leaves the
 * server, except users who have just given a sealed seat back, where that is asked for.
 *
 * @param segment the number of the open segment
 * @param cleanups how often released registrations were taken out of the list of them,
 * where that was asked for
 * @param registered those of the users who hold a seat: in the event document, as far as
 * it can say
 * @param leaving those of them whose segment is being sealed, where that was asked for
 * @param released pairs of user and segment that are listed as given back, where that was
 * asked for
 * @param sealed registrations of the users in sealed segments, as far as they count
 */
record EventSnapshot(int capacity, int ticketsSold, int segment, int cleanups, Set<String> registered,
		Set<String> leaving, Set<Document> released, Map<String, SealedRegistration> sealed) {

	private static final String REGISTERED = "registered";

	private static final String LEAVING = "leaving";

	private static final List<String> COUNTERS = List.of(EventDocument.CAPACITY, EventDocument.TICKETS_SOLD,
			EventDocument.SEGMENT);

	/** None when more seats are taken than there are, which no write of ours leads to. */
	int freeSeats() {
		return Math.max(0, this.capacity - this.ticketsSold);
	}

	boolean registered(UserId user) {
		return this.registered.contains(user.value()) || this.sealed.containsKey(user.value());
	}

	boolean leaving(UserId user) {
		return this.leaving.contains(user.value());
	}

	/**
	 * The same, with registrations in sealed segments.
	 */
	EventSnapshot with(Map<String, SealedRegistration> sealed) {
		return new EventSnapshot(this.capacity, this.ticketsSold, this.segment, this.cleanups, this.registered,
				this.leaving, this.released, sealed);
	}

	/**
	 * The aggregation that finds out. User ids are wrapped as a literal: inside an
	 * expression a bare {@code $...} would be read as a field path.
	 * @param cancelling whether to ask for what only a cancellation needs to know
	 * @param withReleased whether to ask for what is listed as given back
	 */
	static List<Bson> query(ObjectId event, Collection<UserId> users, boolean cancelling, boolean withReleased) {
		List<String> names = users.stream().map(UserId::value).toList();
		List<Bson> fields = new ArrayList<>(List.of(Projections.excludeId(), Projections.include(COUNTERS),
				Projections.computed(REGISTERED, (names.size() == 1) ? ofOne(names.get(0)) : ofAll(names))));
		if (cancelling) {
			fields.add(Projections.include(EventDocument.CLEANUPS));
			fields.add(Projections.computed(LEAVING, new Document("$setIntersection",
					List.of(new Document("$literal", names), EventDocument.SEALING_OR_EMPTY))));
		}
		if (withReleased) {
			fields.add(Projections.include(EventDocument.RELEASED));
		}
		return List.of(Aggregates.match(EventDocument.existing(event)), Aggregates.project(Projections.fields(fields)));
	}

	/** To look for one takes less than to intersect two sets. */
	private static Document ofOne(String user) {
		Document among = new Document("$in", List.of(new Document("$literal", user), EventDocument.USERS_IN_DOCUMENT));
		return new Document("$cond", List.of(among, new Document("$literal", List.of(user)), List.of()));
	}

	private static Document ofAll(List<String> users) {
		return new Document("$setIntersection",
				List.of(new Document("$literal", users), EventDocument.USERS_IN_DOCUMENT));
	}

	static EventSnapshot of(Document answer) {
		return new EventSnapshot(EventDocument.number(answer, EventDocument.CAPACITY).intValue(),
				EventDocument.number(answer, EventDocument.TICKETS_SOLD).intValue(),
				EventDocument.count(answer, EventDocument.SEGMENT), EventDocument.count(answer, EventDocument.CLEANUPS),
				new HashSet<>(answer.getList(REGISTERED, String.class)),
				new HashSet<>(EventDocument.list(answer, LEAVING, String.class)),
				new HashSet<>(EventDocument.list(answer, EventDocument.RELEASED, Document.class)), Map.of());
	}

}
