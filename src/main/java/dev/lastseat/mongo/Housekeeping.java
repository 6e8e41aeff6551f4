package dev.lastseat.mongo;

import java.time.Duration;
import java.util.List;

import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.util.ConcurrentLruCache;

/**
 * Keeps event documents small, behind the backs of those who book and cancel: nothing it
 * does delays or fails them. Where it fails itself, or its process ends in the middle,
 * whoever comes next goes on, and if nobody does, the sweep.
 */
final class Housekeeping implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Housekeeping.class);

	/** Not at the very start, which has enough to do. */
	private static final Duration FIRST_SWEEP = Duration.ofSeconds(10);

	/** What is left to it is in nobody's way. */
	private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

	/**
	 * Of how many events the pages are remembered. One that is forgotten costs a booking
	 * another look.
	 */
	private static final int REMEMBERED = 10_000;

	private final MongoCollections collections;

	private final PageSize size;

	private final ConcurrentLruCache<ObjectId, PageMemory> memories;

	private final SealedUsers users;

	private final Upkeep upkeep;

	private final Disposable.Swap sweeps = Disposables.swap();

	private volatile boolean running;

	Housekeeping(MongoCollections collections, PageSize size) {
		this.collections = collections;
		this.size = size;
		this.memories = new ConcurrentLruCache<>(REMEMBERED, (event) -> new PageMemory(size));
		this.users = new SealedUsers(this.collections);
		this.upkeep = new Upkeep(this.collections, size, this.users);
	}

	PageSize size() {
		return this.size;
	}

	PageMemory memory(ObjectId event) {
		return this.memories.get(event);
	}

	SealedUsers users() {
		return this.users;
	}

	/**
	 * Storage was asked who is on sealed pages.
	 */
	void asked(ObjectId event, int belowPage) {
		if (this.users.worthLearning(event, belowPage)) {
			run(this.users.learn(event));
		}
	}

	/**
	 * So many were booked.
	 */
	void booked(ObjectId event, int bookings) {
		PageMemory memory = memory(event);
		if (memory.mayBeFullAfter(bookings)) {
			look(event, memory);
		}
	}

	/**
	 * A seat on a sealed page was given back.
	 */
	void released(ObjectId event) {
		PageMemory memory = memory(event);
		if (memory.mayCleanUpAfterRelease()) {
			look(event, memory);
		}
	}

	void deleted(ObjectId event) {
		this.users.forget(event);
		run(new Entries(this.collections).deleteOf(List.of(event)));
	}

	private void look(ObjectId event, PageMemory memory) {
		if (memory.wantsUpkeep()) {
			work(event, memory);
		}
	}

	private void work(ObjectId event, PageMemory memory) {
		run(this.upkeep.of(event, memory), () -> {
			if (memory.stillWantsUpkeep()) {
				work(event, memory);
			}
		}, memory::forgetUpkeep);
	}

	private static void run(Mono<Void> work) {
		run(work, () -> {
		}, () -> {
		});
	}

	private static void run(Mono<Void> work, Runnable whenDone, Runnable whenFailed) {
		work.subscribe((nothing) -> {
		}, (fault) -> {
			logger.debug("Left to whoever comes next", fault);
			whenFailed.run();
		}, whenDone);
	}

	/**
	 * Does, for all events, what was left.
	 */
	Mono<Void> sweep() {
		Sweep sweep = new Sweep(this.collections);
		return sweep.events().concatMap((event) -> this.upkeep.of(event, memory(event))).then(sweep.orphans());
	}

	@Override
	public void start() {
		this.running = true;
		this.sweeps.update(Flux.interval(FIRST_SWEEP, SWEEP_INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> sweep().onErrorResume((fault) -> {
				logger.debug("Left to the next sweep", fault);
				return Mono.empty();
			}), 1)
			.subscribe());
	}

	@Override
	public void stop() {
		this.sweeps.dispose();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
