package dev.lastseat.mongo.segments;

import java.time.Duration;
import java.time.Instant;

import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.mongo.FailureLog;
import dev.lastseat.mongo.MongoCollections;
import org.bson.types.ObjectId;
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
public final class SegmentMaintenance implements SmartLifecycle {

	/** Not at the very start, which has enough to do. */
	private static final Duration FIRST_SWEEP = Duration.ofSeconds(10);

	/**
	 * Reads what the indexes of unfinished work lead to, and the events that this process
	 * has booked since: that is little, and bounds how long a document grows unseen.
	 */
	private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

	/**
	 * Of how many events the segments are remembered. One that is forgotten costs a
	 * booking another look.
	 */
	private static final int REMEMBERED = 10_000;

	private final MongoCollections collections;

	private final SegmentSize size;

	private final ConcurrentLruCache<ObjectId, SegmentMemory> memories;

	private final SealedUserFilters users;

	private final EventMaintenance maintenance;

	private final FailureLog failures;

	private final LargeDocuments documents;

	private final Disposable.Swap sweeps = Disposables.swap();

	private volatile boolean running;

	public SegmentMaintenance(MongoCollections collections, SegmentSize size) {
		this(collections, size, StorageMonitor.NONE);
	}

	/**
	 * @param monitor is told of what fails
	 */
	public SegmentMaintenance(MongoCollections collections, SegmentSize size, StorageMonitor monitor) {
		this.failures = new FailureLog(monitor);
		this.documents = new LargeDocuments(size, monitor);
		this.collections = collections;
		this.size = size;
		this.memories = new ConcurrentLruCache<>(REMEMBERED, (event) -> new SegmentMemory(size));
		this.users = new SealedUserFilters(this.collections);
		this.maintenance = new EventMaintenance(this.collections, size, this.users);
	}

	/** The event documents that are too large and could not be made smaller. */
	public LargeDocuments largeDocuments() {
		return this.documents;
	}

	public SegmentSize size() {
		return this.size;
	}

	public SegmentMemory memory(ObjectId event) {
		return this.memories.get(event);
	}

	public SealedUserFilters sealedUsers() {
		return this.users;
	}

	/**
	 * Storage was asked who is on sealed segments.
	 */
	public void asked(ObjectId event, int belowSegment) {
		if (this.users.countMiss(event, belowSegment)) {
			run(this.users.load(event));
		}
	}

	/**
	 * So many were booked.
	 */
	public void booked(ObjectId event, int bookings) {
		SegmentMemory memory = memory(event);
		this.documents.booked(event);
		if (memory.mayBeFullAfter(bookings)) {
			look(event, memory);
		}
	}

	/**
	 * So many seats on sealed segments were given back.
	 */
	public void released(ObjectId event, int releases) {
		SegmentMemory memory = memory(event);
		if (memory.mayCleanUpAfter(releases)) {
			look(event, memory);
		}
	}

	public void deleted(ObjectId event) {
		this.users.forget(event);
		this.documents.maintained(event);
		run(new MaintenanceSweep(this.collections).entriesOfDeleted(event));
	}

	private void look(ObjectId event, SegmentMemory memory) {
		if (memory.wantsMaintenance()) {
			work(event, memory);
		}
	}

	private void work(ObjectId event, SegmentMemory memory) {
		run(this.maintenance.maintain(event, memory), () -> {
			this.documents.maintained(event);
			if (memory.stillWantsMaintenance()) {
				work(event, memory);
			}
		}, () -> {
			memory.forgetMaintenance();
			this.documents.failed(event, memory);
		});
	}

	private void run(Mono<Void> work) {
		run(work, () -> {
		}, () -> {
		});
	}

	private void run(Mono<Void> work, Runnable whenDone, Runnable whenFailed) {
		work.subscribe((nothing) -> {
		}, (fault) -> {
			this.failures.report(StorageMonitor.Task.MAINTENANCE, fault);
			whenFailed.run();
		}, whenDone);
	}

	/**
	 * Does, for all events, what was left, and looks at those that this process has
	 * booked or that are too large.
	 */
	public Mono<Void> sweep() {
		MaintenanceSweep sweep = new MaintenanceSweep(this.collections);
		Flux<ObjectId> unfinished = sweep.events().onErrorResume((fault) -> {
			this.failures.report(StorageMonitor.Task.SWEEP, fault);
			return Flux.empty();
		});
		return Flux.concat(unfinished, Flux.fromIterable(this.documents.toLookAt()))
			.distinct()
			.concatMap(this::sweep)
			.then(sweep.remains(Instant.now()));
	}

	/** One event that cannot be maintained does not keep the others from it. */
	private Mono<Void> sweep(ObjectId event) {
		return this.maintenance.maintain(event, memory(event))
			.doOnSuccess((nothing) -> this.documents.maintained(event))
			.onErrorResume((fault) -> {
				this.documents.failed(event, memory(event));
				this.failures.report(StorageMonitor.Task.SWEEP, fault);
				return Mono.empty();
			});
	}

	@Override
	public void start() {
		this.running = true;
		this.sweeps.update(Flux.interval(FIRST_SWEEP, SWEEP_INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> sweep().onErrorResume((fault) -> {
				this.failures.report(StorageMonitor.Task.SWEEP, fault);
				return Mono.empty();
			}), 1)
			.subscribe());
	}

	@Override
	public void stop() {
		this.sweeps.update(Disposables.disposed());
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
