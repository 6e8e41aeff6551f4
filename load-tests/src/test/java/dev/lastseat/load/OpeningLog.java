package dev.lastseat.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gatling.javaapi.core.Session;

/**
 * What happened around the opening of a sale: the answers, and the commands that the
 * service sent to its database. Thread-safe.
 */
final class OpeningLog {

	static final String RETRY_AFTER = "retryAfter";

	/**
	 * The first bookings after the opening, which must succeed.
	 */
	private static final int FIRST = 10;

	private final AtomicInteger refusals = new AtomicInteger();

	private final AtomicInteger undecided = new AtomicInteger();

	private final AtomicInteger withoutRetryAfter = new AtomicInteger();

	private final AtomicInteger refusedAfterOpening = new AtomicInteger();

	/**
	 * Decisions of the service after the opening, in the order of their arrival.
	 */
	private final ConcurrentLinkedQueue<Decision> decisions = new ConcurrentLinkedQueue<>();

	private final TreeMap<Instant, Long> commands = new TreeMap<>();

	private final ScheduledExecutorService samples = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "samples");
		thread.setDaemon(true);
		return thread;
	});

	private volatile Instant opensAt = Instant.MAX;

	/**
	 * Reads the number of commands each second from now on.
	 */
	void start(Service service, Instant opensAt) {
		this.opensAt = opensAt;
		long untilSecond = 1000 - System.currentTimeMillis() % 1000;
		this.samples.scheduleAtFixedRate(() -> sample(service), untilSecond, 1000, TimeUnit.MILLISECONDS);
	}

	private void sample(Service service) {
		Instant now = Instant.now();
		long sent = service.databaseCommands();
		synchronized (this.commands) {
			this.commands.put(now, sent);
		}
	}

	private static int status(Session session) {
		return session.contains(Requests.STATUS) ? session.getInt(Requests.STATUS) : 0;
	}

	private static boolean isTooEarly(Session session) {
		return "sales-not-open".equals(session.getString(Requests.CODE));
	}

	/**
	 * Whether the last answer was a booking or a refusal that is not about the opening.
	 */
	static boolean isDecided(Session session) {
		int status = status(session);
		return (status == 200 || status == 201 || status == 409) && !isTooEarly(session);
	}

	/**
	 * How long the user waits before the next request.
	 */
	static Duration pause(Session session) {
		if (isDecided(session)) {
			return Duration.ZERO;
		}
		return Duration.ofSeconds(session.contains(RETRY_AFTER) ? Long.parseLong(session.getString(RETRY_AFTER)) : 1);
	}

	/**
	 * Records an answer.
	 * @param sent when its request was sent, or a little earlier
	 */
	void answered(Session session, Instant sent) {
		if (isDecided(session)) {
			this.decisions.add(new Decision(Instant.now(), status(session)));
			return;
		}
		if (!isTooEarly(session)) {
			this.undecided.incrementAndGet();
			return;
		}
		this.refusals.incrementAndGet();
		if (!session.contains(RETRY_AFTER)) {
			this.withoutRetryAfter.incrementAndGet();
		}
		if (!sent.isBefore(this.opensAt)) {
			this.refusedAfterOpening.incrementAndGet();
		}
	}

	/**
	 * Prints a summary.
	 * @throws IllegalStateException when a check fails; the message has all findings
	 */
	void require(int seats, EventState state) {
		this.samples.shutdownNow();
		List<Decision> decided = List.copyOf(this.decisions);
		long early = decided.stream().filter((decision) -> decision.at().isBefore(this.opensAt)).count();
		long first = decided.stream().limit(FIRST).filter((decision) -> decision.status() == 201).count();
		List<String> findings = new ArrayList<>();
		find(findings, early > 0, early + " requests were decided before the opening");
		find(findings, first < Math.min(FIRST, seats), "of the first requests only " + first + " were booked");
		find(findings, state.ticketsSold() != seats, state.ticketsSold() + " of " + seats + " seats were sold");
		find(findings, this.refusals.get() == 0, "no request was refused before the opening");
		find(findings, this.withoutRetryAfter.get() > 0, this.withoutRetryAfter + " refusals had no Retry-After");
		find(findings, this.refusedAfterOpening.get() > 0,
				this.refusedAfterOpening + " requests that were sent after the opening were refused as too early");
		System.out.printf(
				"The opening: %d refusals before it, %d decisions after it; the first after %d ms, the last after %d ms; %d times no decision%n",
				this.refusals.get(), decided.size(), afterOpening(decided, 0),
				afterOpening(decided, decided.size() - 1), this.undecided.get());
		printCommands();
		if (!findings.isEmpty()) {
			throw new IllegalStateException("The opening was not as promised: " + String.join("; ", findings));
		}
	}

	private static void find(List<String> findings, boolean found, String text) {
		if (found) {
			findings.add(text);
		}
	}

	private long afterOpening(List<Decision> decided, int index) {
		return decided.isEmpty() ? -1 : Duration.between(this.opensAt, decided.get(index).at()).toMillis();
	}

	/**
	 * Prints the commands of each second from five seconds before the opening on. They
	 * include those of the sweep of expired holds.
	 */
	private void printCommands() {
		synchronized (this.commands) {
			System.out.printf("Commands to the database before the opening: %d in %d s%n", before(),
					this.commands.headMap(this.opensAt, true).size() - 1);
			this.commands.tailMap(this.opensAt.minusSeconds(5)).forEach((at, sent) -> {
				Instant next = this.commands.higherKey(at);
				if (next != null) {
					System.out.printf("  from %+.1f s: %d commands%n",
							Duration.between(this.opensAt, at).toMillis() / 1000.0, this.commands.get(next) - sent);
				}
			});
		}
	}

	private long before() {
		return (this.commands.isEmpty() || this.commands.floorEntry(this.opensAt) == null) ? 0
				: this.commands.floorEntry(this.opensAt).getValue() - this.commands.firstEntry().getValue();
	}

	/**
	 * An answer other than "not open".
	 */
	private record Decision(Instant at, int status) {

	}

}
