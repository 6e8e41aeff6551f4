package dev.lastseat.proof;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bson.Document;

/**
 * What a member of a replica set says about itself and the others.
 *
 * @param id of the member in the configuration
 * @param term grows by one or more with each election; the member may have heard of a
 * later one than that in which it was elected
 * @param seesAll whether it sees each member as primary or secondary
 */
record MemberStatus(int id, boolean primary, long term, boolean seesAll) {

	private static final int PRIMARY = 1;

	private static final int SECONDARY = 2;

	/**
	 * @param answer of {@code replSetGetStatus}
	 * @throws IllegalStateException when it is not a member
	 */
	static MemberStatus of(Document answer) {
		List<Document> members = answer.getList("members", Document.class, List.of());
		Document self = members.stream()
			.filter((member) -> member.getBoolean("self", false))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("not a member: " + answer));
		boolean seesAll = members.stream().allMatch((member) -> {
			int state = number(member, "state").intValue();
			return state == PRIMARY || state == SECONDARY;
		});
		return new MemberStatus(number(self, "_id").intValue(), number(answer, "myState").intValue() == PRIMARY,
				number(answer, "term").longValue(), seesAll);
	}

	private static Number number(Document document, String field) {
		return document.get(field, Number.class);
	}

	/**
	 * A primary that is cut off takes itself for one until it notices: the one that was
	 * elected last counts.
	 * @param statuses by the number of the member
	 * @return the number of the primary
	 */
	static Optional<Integer> primary(Map<Integer, MemberStatus> statuses) {
		return statuses.entrySet()
			.stream()
			.filter((member) -> member.getValue().primary())
			.max(Comparator.comparingLong((member) -> member.getValue().term()))
			.map(Map.Entry::getKey);
	}

	/**
	 * @return the latest of the elections that they know; 0 when there are none
	 */
	static long term(Map<Integer, MemberStatus> statuses) {
		return statuses.values().stream().mapToLong(MemberStatus::term).max().orElse(0);
	}

	/**
	 * Whether all members answer and see each other, and one of them is the primary.
	 */
	static boolean isHealthy(Map<Integer, MemberStatus> statuses, int members) {
		return statuses.size() == members && statuses.values().stream().allMatch(MemberStatus::seesAll)
				&& statuses.values().stream().filter(MemberStatus::primary).count() == 1;
	}

}
