package dev.lastseat.proof;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.lastseat.history.Action;
import dev.lastseat.history.Answer;
import dev.lastseat.history.Operation;

/**
 * Counts operations.
 *
 * @param all all operations; the other numbers are parts of this one
 * @param notOpen operations that were refused because the sale had not opened
 * @param holds requests for holds, of users and of parties
 * @param confirmed holds that were confirmed
 * @param parties bookings and requests for holds of parties
 * @param released cancelled registrations, and holds and offers that were given back
 * @param joined users that joined the waiting list
 * @param unknown operations without a known outcome
 */
public record OperationCounts(long all, long notOpen, long holds, long confirmed, long parties, long released,
		long joined, long unknown) {

	public static final OperationCounts NONE = new OperationCounts(0, 0, 0, 0, 0, 0, 0, 0);

	public static OperationCounts of(List<Operation> operations) {
		return new OperationCounts(operations.size(), count(operations, EnumSet.of(Answer.NOT_OPEN)),
				countActions(operations, EnumSet.of(Action.HOLD, Action.HOLD_PARTY)),
				count(operations, EnumSet.of(Answer.CONFIRMED)),
				countActions(operations, EnumSet.of(Action.BOOK_PARTY, Action.HOLD_PARTY)),
				count(operations, EnumSet.of(Answer.RELEASED, Answer.HOLD_RELEASED)),
				count(operations, EnumSet.of(Answer.JOINED)), count(operations, EnumSet.of(Answer.UNKNOWN)));
	}

	private static long count(List<Operation> operations, Set<Answer> answers) {
		return operations.stream().filter((operation) -> answers.contains(operation.answer())).count();
	}

	private static long countActions(List<Operation> operations, Set<Action> actions) {
		return operations.stream().filter((operation) -> actions.contains(operation.action())).count();
	}

	public OperationCounts plus(OperationCounts other) {
		return new OperationCounts(this.all + other.all, this.notOpen + other.notOpen, this.holds + other.holds,
				this.confirmed + other.confirmed, this.parties + other.parties, this.released + other.released,
				this.joined + other.joined, this.unknown + other.unknown);
	}

}
