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
 * The queue is linearizable. Lincheck searches for an interleaving of producers and the
 * consumer that no sequential order explains, such as an item that is lost, polled twice
 * or polled out of order, an item above the limit or in a closed queue, or a consumer
 * that is not started.
 * <p>
 * Each item ends once. Items with numbers below 5 are ended by the thread that offered
 * them, waiting or polled; others by the consumer after it has polled them.
 */
@Tag("lincheck")
@Param(name = "item", gen = IntGen.class, conf = "1:9")
@Param(name = "thread", gen = ThreadIdGen.class)
public class ClosableQueueTest {

	private static final String CONSUMER = "consumer";

	private static final int LIMIT = 2;

	private final ClosableQueue<Item> queue = new ClosableQueue<>(LIMIT);

	private final Map<Integer, Deque<Item>> offered = new ConcurrentHashMap<>();

	private final Deque<Item> polled = new ArrayDeque<>();

	@Operation
	public Offer offer(@Param(name = "thread") int thread, @Param(name = "item") int number) {
		Item item = new Item(number);
		Offer offer = this.queue.offer(item);
		if (item.isEndedByItsProducer() && (offer == Offer.WAITS || offer == Offer.STARTS_CONSUMER)) {
			this.offered.computeIfAbsent(thread, (id) -> new ArrayDeque<>()).add(item);
		}
		return offer;
	}

	/**
	 * @return false when all items that the thread offered have ended
	 */
	@Operation
	public boolean endOffered(@Param(name = "thread") int thread) {
		return end(this.offered.getOrDefault(thread, new ArrayDeque<>()).poll());
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
		if (item != null && !item.isEndedByItsProducer()) {
			this.polled.add(item);
		}
		return (item != null) ? item.number : 0;
	}

	/**
	 * @return false when all items that the consumer polled have ended
	 */
	@Operation(nonParallelGroup = CONSUMER)
	public boolean endPolled() {
		return end(this.polled.poll());
	}

	@Operation(nonParallelGroup = CONSUMER)
	public boolean stop() {
		return this.queue.stop();
	}

	private boolean end(Item item) {
		if (item != null) {
			this.queue.done(item);
		}
		return item != null;
	}

	@Test
	void modelCheckingFindsNoCounterexample() {
		new ModelCheckingOptions().iterations(10)
			.invocationsPerIteration(200)
			.sequentialSpecification(Model.class)
			.check(getClass());
	}

	@Test
	void stressFindsNoCounterexample() {
		new StressOptions().iterations(5)
			.invocationsPerIteration(500)
			.sequentialSpecification(Model.class)
			.check(getClass());
	}

	/** Compared by identity. */
	private static final class Item {

		private final int number;

		Item(int number) {
			this.number = number;
		}

		boolean isEndedByItsProducer() {
			return this.number < 5;
		}

	}

	/** The sequential specification. */
	public static class Model {

		private final Deque<Item> waiting = new ArrayDeque<>();

		private final Deque<Item> polled = new ArrayDeque<>();

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
			if (item.isEndedByItsProducer()) {
				this.offered.computeIfAbsent(thread, (id) -> new ArrayDeque<>()).add(item);
			}
			Offer offer = this.consumerRuns ? Offer.WAITS : Offer.STARTS_CONSUMER;
			this.consumerRuns = true;
			return offer;
		}

		public boolean endOffered(int thread) {
			Item item = this.offered.getOrDefault(thread, new ArrayDeque<>()).poll();
			return end(item);
		}

		public boolean isClosed() {
			return this.closed;
		}

		public int poll() {
			Item item = this.waiting.poll();
			if (item != null && !item.isEndedByItsProducer()) {
				this.polled.add(item);
			}
			return (item != null) ? item.number : 0;
		}

		public boolean endPolled() {
			return end(this.polled.poll());
		}

		private boolean end(Item item) {
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
