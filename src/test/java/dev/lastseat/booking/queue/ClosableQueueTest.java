package dev.lastseat.booking.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.lastseat.booking.queue.ClosableQueue.Offer;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lincheck looks for an interleaving of producers and the consumer that no order of their
 * operations explains: an item lost, taken twice or out of order, one too many, one in a
 * queue that is closed, or a consumer that is not started.
 * <p>
 * An item is done with once. Items below 5 are done with by the thread that has offered
 * them, waiting or taken; others by the consumer when it has taken them.
 */
@Tag("lincheck")
@Param(name = "item", gen = IntGen.class, conf = "1:9")
@Param(name = "thread", gen = ThreadIdGen.class)
public class ClosableQueueTest {

	private static final String CONSUMER = "consumer";

	private static final int LIMIT = 2;

	private final ClosableQueue<Item> queue = new ClosableQueue<>(LIMIT);

	private final Map<Integer, Deque<Item>> offered = new ConcurrentHashMap<>();

	private final Deque<Item> taken = new ArrayDeque<>();

	@Operation
	public Offer offer(@Param(name = "thread") int thread, @Param(name = "item") int number) {
		Item item = new Item(number);
		Offer offer = this.queue.offer(item);
		if (item.isDoneByItsProducer() && (offer == Offer.WAITS || offer == Offer.STARTS_CONSUMER)) {
			this.offered.computeIfAbsent(thread, (id) -> new ArrayDeque<>()).add(item);
		}
		return offer;
	}

	/**
	 * @return false when the thread has offered no item that is not done with
	 */
	@Operation
	public boolean finishOffered(@Param(name = "thread") int thread) {
		return finish(this.offered.getOrDefault(thread, new ArrayDeque<>()).poll());
	}

	@Operation
	public boolean isClosed() {
		return this.queue.isClosed();
	}

	/**
	 * @return the number of the item, 0 for none
	 */
	@Operation(nonParallelGroup = CONSUMER)
	public int poll() {
		Item item = this.queue.poll();
		if (item != null && !item.isDoneByItsProducer()) {
			this.taken.add(item);
		}
		return (item != null) ? item.number : 0;
	}

	/**
	 * @return false when the consumer has taken no item that is not done with
	 */
	@Operation(nonParallelGroup = CONSUMER)
	public boolean finishTaken() {
		return finish(this.taken.poll());
	}

	@Operation(nonParallelGroup = CONSUMER)
	public boolean stop() {
		return this.queue.stop();
	}

	private boolean finish(Item item) {
		if (item != null) {
			this.queue.done(item);
		}
		return item != null;
	}

	@Test
	void everyInterleavingThatIsTriedHasAnOrder() {
		new ModelCheckingOptions().iterations(10)
			.invocationsPerIteration(200)
			.sequentialSpecification(Model.class)
			.check(getClass());
	}

	@Test
	void everyRaceThatIsRunHasAnOrder() {
		new StressOptions().iterations(5)
			.invocationsPerIteration(500)
			.sequentialSpecification(Model.class)
			.check(getClass());
	}

	/** Equal to itself only. */
	private static final class Item {

		private final int number;

		Item(int number) {
			this.number = number;
		}

		boolean isDoneByItsProducer() {
			return this.number < 5;
		}

	}

	/** The same for one thread. */
	public static class Model {

		private final Deque<Item> waiting = new ArrayDeque<>();

		private final Deque<Item> taken = new ArrayDeque<>();

		private final Map<Integer, Deque<Item>> offered = new HashMap<>();

		private int items;

		private boolean consumerRuns;

		private boolean closed;

		public Offer offer(int thread, int number) {
			if (this.closed) {
				return Offer.CLOSED;
			}
			if (this.items == LIMIT) {
				return Offer.FULL;
			}
			Item item = new Item(number);
			this.items++;
			this.waiting.add(item);
			if (item.isDoneByItsProducer()) {
				this.offered.computeIfAbsent(thread, (id) -> new ArrayDeque<>()).add(item);
			}
			Offer offer = this.consumerRuns ? Offer.WAITS : Offer.STARTS_CONSUMER;
			this.consumerRuns = true;
			return offer;
		}

		public boolean finishOffered(int thread) {
			Item item = this.offered.getOrDefault(thread, new ArrayDeque<>()).poll();
			return finish(item);
		}

		public boolean isClosed() {
			return this.closed;
		}

		public int poll() {
			Item item = this.waiting.poll();
			if (item != null && !item.isDoneByItsProducer()) {
				this.taken.add(item);
			}
			return (item != null) ? item.number : 0;
		}

		public boolean finishTaken() {
			return finish(this.taken.poll());
		}

		private boolean finish(Item item) {
			if (item == null) {
				return false;
			}
			this.waiting.remove(item);
			this.items--;
			closeWhenUnused();
			return true;
		}

		public boolean stop() {
			if (!this.waiting.isEmpty()) {
				return false;
			}
			this.consumerRuns = false;
			closeWhenUnused();
			return true;
		}

		private void closeWhenUnused() {
			this.closed = this.closed || (this.items == 0 && !this.consumerRuns);
		}

	}

}
