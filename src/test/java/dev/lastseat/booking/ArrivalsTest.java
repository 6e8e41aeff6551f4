package dev.lastseat.booking;

import java.util.ArrayList;
import java.util.List;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lincheck looks for an interleaving of newcomers and the one behind the door that no
 * order of what they do explains: somebody lost, taken in twice or out of order, or left
 * before a door that was closed.
 */
@Tag("lincheck")
@Param(name = "newcomer", gen = IntGen.class, conf = "1:9")
public class ArrivalsTest {

	private static final String BEHIND_THE_DOOR = "behind the door";

	private final Arrivals<Integer> arrivals = new Arrivals<>();

	private boolean closed;

	@Operation
	public boolean add(@Param(name = "newcomer") int newcomer) {
		return this.arrivals.add(newcomer);
	}

	/**
	 * @return those who were taken in; nobody once the door is closed
	 */
	@Operation(nonParallelGroup = BEHIND_THE_DOOR)
	public List<Integer> takeIn() {
		List<Integer> inOrder = new ArrayList<>();
		if (!this.closed) {
			this.arrivals.takeIn(inOrder::add);
		}
		return inOrder;
	}

	@Operation(nonParallelGroup = BEHIND_THE_DOOR)
	public boolean close() {
		this.closed = this.closed || this.arrivals.close();
		return this.closed;
	}

	@Test
	void everyInterleavingThatIsTriedHasAnOrder() {
		new ModelCheckingOptions().iterations(10)
			.invocationsPerIteration(500)
			.sequentialSpecification(Model.class)
			.check(getClass());
	}

	@Test
	void everyRaceThatIsRunHasAnOrder() {
		new StressOptions().iterations(5)
			.invocationsPerIteration(1_000)
			.sequentialSpecification(Model.class)
			.check(getClass());
	}

	/** The same for one thread. */
	public static class Model {

		private List<Integer> waiting = new ArrayList<>();

		private boolean closed;

		public boolean add(int newcomer) {
			return !this.closed && this.waiting.add(newcomer);
		}

		public List<Integer> takeIn() {
			List<Integer> inOrder = this.waiting;
			this.waiting = new ArrayList<>();
			return inOrder;
		}

		public boolean close() {
			this.closed = this.closed || this.waiting.isEmpty();
			return this.closed;
		}

	}

}
