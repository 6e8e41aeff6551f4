package dev.lastseat.proof;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bson.Document;

/**
 * The status that a member of a replica set reports about itself and the others.
 *
 * @param id id of the member in the configuration
 * @param term number of the latest election that the member knows, which can be later
 * than its own election; it grows by one or more with each election
 * @param seesAll whether the member sees each member as primary or secondary
 */
record MemberStatus(int id, boolean primary, long term, boolean seesAll) {

	private static final int PRIMARY = 1;

	private static final int SECONDARY = 2;

	/**
	 * @param answer answer of {@code replSetGetStatus}
	 * @throws IllegalStateException when the server is not a member
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
	 * Finds the primary with the latest term. An older primary that is cut off reports
	 * itself as primary until it notices.
	 * @param statuses statuses by the number of the member
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
	 * @return the latest term of all members; 0 without a member
	 */
	static long term(Map<Integer, MemberStatus> statuses) {
		return statuses.values().stream().mapToLong(MemberStatus::term).max().orElse(0);
	}

	/**
	 * Whether all members answer and see each other, and exactly one is primary.
	 */
	static boolean isHealthy(Map<Integer, MemberStatus> statuses, int members) {
		return statuses.size() == members && statuses.values().stream().allMatch(MemberStatus::seesAll)
				&& statuses.values().stream().filter(MemberStatus::primary).count() == 1;
	}

}
