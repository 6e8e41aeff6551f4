package dev.lastseat.mongo;

import java.util.List;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/**
 * How things stand with an event and one user: all that is needed to say why a guarded
 * write found nothing to change, in one small answer. Who else is registered never leaves
 * the server.
 */
record Standing(int capacity, int ticketsSold, boolean registered) {

	private static final String REGISTERED = "registered";

	boolean full() {
		return this.ticketsSold >= this.capacity;
	}

	/**
	 * The aggregation that finds out. The user id is wrapped as a literal: inside an
	 * expression a bare {@code $...} would be read as a field path.
	 */
	static List<Bson> query(ObjectId event, UserId user) {
		Document literal = new Document("$literal", user.value());
		Document registered = new Document("$in", List.of(literal, "$" + EventDocument.REGISTRATION_IDS));
		return List.of(Aggregates.match(Filters.eq(EventDocument.ID, event)),
				Aggregates.project(Projections.fields(Projections.excludeId(),
						Projections.include(EventDocument.CAPACITY, EventDocument.TICKETS_SOLD),
						Projections.computed(REGISTERED, registered))));
	}

	static Standing of(Document answer) {
		return new Standing(EventDocument.number(answer, EventDocument.CAPACITY).intValue(),
				EventDocument.number(answer, EventDocument.TICKETS_SOLD).intValue(), answer.getBoolean(REGISTERED));
	}

}
