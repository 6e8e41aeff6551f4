package dev.lastseat.mongo;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/**
 * How things stand with an event and some users: all that is needed to say why a guarded
 * write found nothing to change, in one small answer. Who else is registered never leaves
 * the server, but for who has just given a sealed seat back, where that is asked for.
 *
 * @param page the number of the open page
 * @param registered those of the users who hold a seat: in the event document, as far as
 * it can say
 * @param released pairs of user and page that are listed as given back, where that was
 * asked for
 */
record Standing(int capacity, int ticketsSold, int page, Set<String> registered, Set<Document> released) {

	private static final String REGISTERED = "registered";

	private static final List<String> COUNTERS = List.of(EventDocument.CAPACITY, EventDocument.TICKETS_SOLD,
			EventDocument.PAGE);

	private static final List<String> COUNTERS_AND_RELEASED = Stream
		.concat(COUNTERS.stream(), Stream.of(EventDocument.RELEASED))
		.toList();

	/** None when more seats are taken than there are, which no write of ours leads to. */
	int freeSeats() {
		return Math.max(0, this.capacity - this.ticketsSold);
	}

	boolean registered(UserId user) {
		return this.registered.contains(user.value());
	}

	/**
	 * The same, with others who hold a seat as well.
	 */
	Standing with(Set<String> others) {
		Set<String> all = new HashSet<>(this.registered);
		all.addAll(others);
		return new Standing(this.capacity, this.ticketsSold, this.page, all, this.released);
	}

	/**
	 * The aggregation that finds out. User ids are wrapped as a literal: inside an
	 * expression a bare {@code $...} would be read as a field path.
	 * @param withReleased whether to ask for what is listed as given back
	 */
	static List<Bson> query(ObjectId event, Collection<UserId> users, boolean withReleased) {
		List<String> names = users.stream().map(UserId::value).toList();
		return List.of(Aggregates.match(EventDocument.existing(event)),
				Aggregates.project(Projections.fields(Projections.excludeId(),
						withReleased ? Projections.include(COUNTERS_AND_RELEASED) : Projections.include(COUNTERS),
						Projections.computed(REGISTERED, (names.size() == 1) ? ofOne(names.get(0)) : ofAll(names)))));
	}

	/** To look for one takes less than to intersect two sets. */
	private static Document ofOne(String user) {
		Document among = new Document("$in", List.of(new Document("$literal", user), EventDocument.NOT_SEALED));
		return new Document("$cond", List.of(among, new Document("$literal", List.of(user)), List.of()));
	}

	private static Document ofAll(List<String> users) {
		return new Document("$setIntersection", List.of(new Document("$literal", users), EventDocument.NOT_SEALED));
	}

	static Standing of(Document answer) {
		return new Standing(EventDocument.number(answer, EventDocument.CAPACITY).intValue(),
				EventDocument.number(answer, EventDocument.TICKETS_SOLD).intValue(),
				EventDocument.count(answer, EventDocument.PAGE),
				new HashSet<>(answer.getList(REGISTERED, String.class)),
				new HashSet<>(EventDocument.list(answer, EventDocument.RELEASED, Document.class)));
	}

}
