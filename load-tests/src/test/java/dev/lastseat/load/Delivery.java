package dev.lastseat.load;

import java.util.Arrays;
import java.util.List;

/**
 * Measures the time from the answer to a booking to its arrival at the subscribers, and
 * the heap of the service for each subscriber. Bookings are sent one after another, so
 * that the revision of each is known.
 */
public final class Delivery {

	private static final int SUBSCRIBERS = Settings.number("subscribers", 5_000);

	private static final int BOOKINGS = Settings.number("bookings", 1_000);

	/**
	 * So that the measured code is compiled before.
	 */
	private static final int WARM_UP_BOOKINGS = 200;

	private final Service service = new Service(Settings.baseUrl());

	private final ServiceHeap heap = new ServiceHeap(this.service, System.getProperty("serviceProcess"));

	private final long[] answered = new long[BOOKINGS];

	private Delivery() {
	}

	/**
	 * Exit code 1 when a subscriber missed the final state or received an older revision
	 * after a newer one, or when the measurement could not run.
	 */
	public static void main(String[] args) throws Exception {
		System.exit(succeeds() ? 0 : 1);
	}

	private static boolean succeeds() throws Exception {
		try {
			return new Delivery().run();
		}
		catch (IllegalStateException ex) {
			System.err.println(ex.getMessage());
			return false;
		}
	}

	private boolean run() throws Exception {
		OpenFiles.require(SUBSCRIBERS);
		warmUp();
		String event = this.service.create("Event with many subscribers", BOOKINGS);
		long before = this.service.event(event).revision();
		long heapAlone = this.heap.measure();
		Subscribers subscribers = Subscribers.open(Settings.baseUrl(), event, SUBSCRIBERS, before + BOOKINGS);
		long heapWithSubscribers;
		long begin;
		try (subscribers) {
			heapWithSubscribers = this.heap.measure();
			begin = System.nanoTime();
			bookAll(event);
			subscribers.settle();
		}
		System.out.printf("%,d subscribers of one event during %,d bookings (%.0f a second)%n", SUBSCRIBERS, BOOKINGS,
				BOOKINGS * 1e9 / (this.answered[BOOKINGS - 1] - begin));
		System.out.printf(
				"  heap of the service          %,.1f MB alone, %,.1f MB with subscribers: %,.1f KB a subscriber%n",
				heapAlone / 1e6, heapWithSubscribers / 1e6, (heapWithSubscribers - heapAlone) / 1e3 / SUBSCRIBERS);
		return judge(subscribers.all(), before, this.service.event(event).revision());
	}

	private void warmUp() throws Exception {
		String event = this.service.create("Warm-up", WARM_UP_BOOKINGS);
		try (Subscribers subscribers = Subscribers.open(Settings.baseUrl(), event, SUBSCRIBERS, WARM_UP_BOOKINGS)) {
			for (int i = 0; i < WARM_UP_BOOKINGS; i++) {
				this.service.book(event, "user-" + i);
			}
			subscribers.settle();
		}
	}

	private void bookAll(String event) {
		for (int i = 0; i < BOOKINGS; i++) {
			this.service.book(event, "user-" + i);
			this.answered[i] = System.nanoTime();
		}
	}

	private boolean judge(List<Subscriber> all, long before, long last) {
		long complete = all.stream().filter((subscriber) -> subscriber.latest() == last).count();
		long ordered = all.stream().filter(Subscriber::isOrdered).count();
		int[] delays = all.stream().flatMapToInt((subscriber) -> Arrays.stream(delays(subscriber, before))).toArray();
		Arrays.parallelSort(delays);
		System.out.printf("  ended on the final state     %,d of %,d%n", complete, SUBSCRIBERS);
		System.out.printf("  saw the ids only grow        %,d of %,d%n", ordered, SUBSCRIBERS);
		System.out.printf("  states received              %.1f a subscriber%n",
				all.stream().mapToInt(Subscriber::states).average().orElse(0));
		System.out.printf("  booking answer to delivery   median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
				millis(delays, 0.5), millis(delays, 0.99), millis(delays, 1));
		return complete == SUBSCRIBERS && ordered == SUBSCRIBERS;
	}

	/**
	 * For each booking, the time from its answer to the first state that has it, in
	 * microseconds. Negative when the state arrived before the answer.
	 */
	private int[] delays(Subscriber subscriber, long before) {
		int[] delays = new int[BOOKINGS];
		int booking = 0;
		for (int state = 0; state < subscriber.states(); state++) {
			long arrival = subscriber.arrival(state);
			for (; booking < subscriber.revision(state) - before && booking < BOOKINGS; booking++) {
				delays[booking] = (int) ((arrival - this.answered[booking]) / 1_000);
			}
		}
		return Arrays.copyOf(delays, booking);
	}

	private static double millis(int[] sorted, double quantile) {
		return (sorted.length == 0) ? Double.NaN : sorted[(int) ((sorted.length - 1) * quantile)] / 1e3;
	}

}
