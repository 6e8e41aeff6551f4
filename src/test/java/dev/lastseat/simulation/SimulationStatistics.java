package dev.lastseat.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.lastseat.history.Answer;
import dev.lastseat.history.Operation;
import dev.lastseat.proof.OperationCounts;
import org.bson.BsonDocument;

/**
 * Counts operations, answers and faults over many seeds.
 */
final class SimulationStatistics {

	private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

	private final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

	private OperationCounts operations = OperationCounts.NONE;

	private int seeds;

	private int commands;

	private int sealings;

	private int moves;

	private int busy;

	void command(BsonDocument command) {
		this.commands++;
		if (command.containsKey("insert")) {
			if (command.getString("insert").getValue().equals("journal")) {
				this.moves++;
			}
			else {
				this.sealings++;
			}
		}
	}

	/** Counts a call whose attempts all failed because the state had changed. */
	void busy() {
		this.busy++;
	}

	void fault(Fault fault) {
		faults(fault, 1);
	}

	void faults(Fault fault, int count) {
		this.faults.merge(fault, count, Integer::sum);
	}

	void seed(List<Operation> operations) {
		this.seeds++;
		this.operations = this.operations.plus(OperationCounts.of(operations));
		operations.forEach((operation) -> this.answers.merge(operation.answer(), 1, Integer::sum));
	}

	int of(Fault fault) {
		return this.faults.getOrDefault(fault, 0);
	}

	int of(Answer answer) {
		return this.answers.getOrDefault(answer, 0);
	}

	int seeds() {
		return this.seeds;
	}

	OperationCounts operations() {
		return this.operations;
	}

	int faults() {
		return sum(this.faults);
	}

	private static int sum(Map<?, Integer> counts) {
		return counts.values().stream().mapToInt(Integer::intValue).sum();
	}

	/** The number of insertions of sealed registrations. */
	int ofSealings() {
		return this.sealings;
	}

	/** The number of insertions of moved journals. */
	int ofMoves() {
		return this.moves;
	}

	int ofBusy() {
		return this.busy;
	}

	@Override
	public String toString() {
		return String.join(System.lineSeparator(),
				this.seeds + " seeds, " + this.operations.all() + " operations, " + this.commands + " commands, "
						+ this.sealings + " sealings, " + this.moves + " moves of the journal",
				"  faults:  " + list(this.faults), "  answers: " + list(this.answers) + ", busy " + this.busy);
	}

	private static String list(Map<?, Integer> counts) {
		return counts.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + entry.getValue())
			.collect(Collectors.joining(", "));
	}

}
