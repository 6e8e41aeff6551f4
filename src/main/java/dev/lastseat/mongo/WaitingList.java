package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.client.model.Projections;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The waiting list of an event, as far as a round needs it.
 *
 * @param length number of users in the list
 * @param first the first users of the list: all of them, or as many as one write can make
 * offers to; empty if not read
 * @param positions of the users of the round that wait, by user; empty if not read
 */
record WaitingList(int length, List<UserId> first, Map<String, Integer> positions) {

	/** Maximum number of offers in a write. It takes some milliseconds. */
	static final int MAX_OFFERS = 500;

	/**
	 * Number of users up to which the server looks for their positions. For more users it
	 * sends the whole list: its work would grow with the number of users times the length
	 * of the list.
	 */
	static final int FEW_USERS = 20;

	static final WaitingList EMPTY = new WaitingList(0, List.of(), Map.of());

	/** Expression: the users in order of joining. */
	static final Document USERS = new Document("$ifNull", List.of("$" + EventDocument.WAITING, List.of()));

	private static final String LENGTH = "waiting_length";

	private static final String FIRST = "first_waiting";

	private static final String POSITIONS = "waiting_positions";

	boolean isEmpty() {
		return this.length == 0;
	}

	/**
	 * @return the place of a user of the round; null if the user does not wait
	 */
	@Nullable WaitingPlace place(UserId user) {
		Integer position = this.positions.get(user.value());
		return (position != null) ? new WaitingPlace(position, this.length) : null;
	}

	/**
	 * The fields of an aggregation that read the list.
	 * @param offerable expression: whether there may be seats to offer
	 * @param asking users whose positions are read
	 */
	static Bson fields(Document offerable, List<String> asking) {
		Document first = new Document("$cond",
				List.of(offerable, new Document("$slice", List.of(USERS, MAX_OFFERS)), List.of()));
		List<Bson> fields = new ArrayList<>(List.of(Projections.computed(LENGTH, new Document("$size", USERS)),
				Projections.computed(FIRST, first)));
		if (asking.size() > FEW_USERS) {
			fields.add(Projections.include(EventDocument.WAITING));
		}
		else if (!asking.isEmpty()) {
			fields.add(Projections.computed(POSITIONS, asking.stream().map(WaitingList::index).toList()));
		}
		return Projections.fields(fields);
	}

	private static Document index(String user) {
		return new Document("$indexOfArray", List.of(USERS, RoundGuards.literal(user)));
	}

	/**
	 * Reads the fields.
	 * @param asking the users whose positions were read, in the same order
	 */
	static WaitingList of(Document answer, List<String> asking) {
		return new WaitingList(EventDocument.count(answer, LENGTH),
				EventDocument.list(answer, FIRST, String.class).stream().map(UserId::new).toList(),
				(asking.size() > FEW_USERS)
						? positions(EventDocument.list(answer, EventDocument.WAITING, String.class), Set.copyOf(asking))
						: positions(asking, EventDocument.list(answer, POSITIONS, Number.class)));
	}

	private static Map<String, Integer> positions(List<String> waiting, Set<String> asking) {
		Map<String, Integer> positions = new HashMap<>();
		for (int i = 0; i < waiting.size(); i++) {
			if (asking.contains(waiting.get(i))) {
				positions.put(waiting.get(i), i + 1);
			}
		}
		return positions;
	}

	/**
	 * @param indexes of the users in the list; -1 for those that do not wait
	 */
	private static Map<String, Integer> positions(List<String> asking, List<Number> indexes) {
		Map<String, Integer> positions = new HashMap<>();
		for (int i = 0; i < indexes.size(); i++) {
			if (indexes.get(i).intValue() >= 0) {
				positions.put(asking.get(i), indexes.get(i).intValue() + 1);
			}
		}
		return positions;
	}

}
