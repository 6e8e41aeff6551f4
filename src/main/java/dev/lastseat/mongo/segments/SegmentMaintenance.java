package dev.lastseat.mongo.segments;

import java.time.Duration;
import java.time.Instant;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.mongo.FailureLog;
import dev.lastseat.mongo.MongoCollections;
import dev.lastseat.mongo.StorageErrors;
import org.bson.types.ObjectId;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps event documents small, in the background. A booking does not wait for it; a
 * cancellation waits only while its registration is being sealed. If maintenance fails or
 * its process ends, any process continues it after later bookings of the event, or in the
 * next sweep.
 */
public final class SegmentMaintenance implements SmartLifecycle {

	/** Keeps the sweep out of the start of the process. */
	private static final Duration FIRST_SWEEP = Duration.ofSeconds(10);

	/**
	 * Limits how long a document can grow without a check. A sweep is cheap: it reads the
	 * events with unfinished maintenance, by an index, and the events that this process
	 * has booked in since the last sweep.
	 */
	private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

	/**
	 * Number of events whose segments are remembered. For a forgotten event the next
	 * request needs one more read.
	 */
	private static final int REMEMBERED_EVENTS = 10_000;

	private final MongoCollections collections;

	private final SegmentSize size;

	private final Cache<ObjectId, SegmentMemory> memories = CacheBuilder.newBuilder()
		.maximumSize(REMEMBERED_EVENTS)
		.build();

	private final SealedUserFilters sealedUsers;

	private final EventMaintenance eventMaintenance;

	private final FailureLog failures;

	private final LargeDocuments largeDocuments;

	private final Disposable.Swap sweeps = Disposables.swap();

	private volatile BackgroundWork background;

	private volatile boolean running;

	public SegmentMaintenance(MongoCollections collections, SegmentSize size) {
		this(collections, size, StorageMonitor.NONE);
	}

	/**
	 * @param monitor receives the failures
	 */
	public SegmentMaintenance(MongoCollections collections, SegmentSize size, StorageMonitor monitor) {
		this.collections = collections;
		this.size = size;
		this.failures = new FailureLog(monitor);
		this.background = new BackgroundWork(this.failures);
		this.largeDocuments = new LargeDocuments(size, monitor);
		this.sealedUsers = new SealedUserFilters(collections);
		this.eventMaintenance = new EventMaintenance(collections, size, this.sealedUsers);
	}

	/** The event documents that are too large and whose maintenance fails. */
	public LargeDocuments largeDocuments() {
		return this.largeDocuments;
	}

	public SegmentMemory memory(ObjectId event) {
		SegmentMemory memory = this.memories.getIfPresent(event);
		return (memory != null) ? memory
				: this.memories.asMap().computeIfAbsent(event, (id) -> new SegmentMemory(this.size));
	}

	SealedUserFilters sealedUsers() {
		return this.sealedUsers;
	}

	/**
	 * A request had to read storage because the sealed users are not loaded.
	 */
	void sealedUsersMissed(ObjectId event, int belowSegment) {
		if (this.sealedUsers.countMiss(event, belowSegment)) {
			this.background.begin(this.sealedUsers.load(event));
		}
	}

	/**
	 * A write made the document of the event longer.
	 * @param bookings number of users that were booked
	 * @param entries number of entries that were added to the journal
	 */
	public void written(ObjectId event, int bookings, int entries) {
		if (bookings > 0 || entries > 0) {
			SegmentMemory memory = memory(event);
			this.largeDocuments.written(event);
			if (memory.isCheckDueAfter(bookings, entries)) {
				requestMaintenance(event, memory);
			}
		}
	}

	/**
	 * Sealed registrations were released.
	 */
	public void released(ObjectId event, int releases) {
		SegmentMemory memory = memory(event);
		if (memory.isCleanUpDueAfter(releases)) {
			requestMaintenance(event, memory);
		}
	}

	/**
	 * The event was deleted.
	 */
	public void deleted(ObjectId event) {
		this.sealedUsers.forget(event);
		this.largeDocuments.maintained(event);
		this.background.begin(new MaintenanceSweep(this.collections).purge(event));
	}

	/**
	 * Finishes the sealing of a segment that any process has begun, if there is one. Its
	 * failure is that of a read: clients see no change in a sealing.
	 */
	public Mono<Void> finishSealing(ObjectId event) {
		return StorageErrors.read(new SealingSteps(this.collections).finish(event, this.size));
	}

	private void requestMaintenance(ObjectId event, SegmentMemory memory) {
		if (memory.requestMaintenance()) {
			maintain(event, memory);
		}
	}

	private void maintain(ObjectId event, SegmentMemory memory) {
		boolean begun = this.background.begin(this.eventMaintenance.maintain(event, memory).doOnSuccess((nothing) -> {
			this.largeDocuments.maintained(event);
			if (memory.completeMaintenance()) {
				maintain(event, memory);
			}
		}).doOnError((fault) -> {
			memory.abandonMaintenance();
			this.largeDocuments.failed(event, memory);
		}));
		if (!begun) {
			memory.abandonMaintenance();
		}
	}

	/**
	 * Maintains the events whose maintenance is unfinished, those that this process has
	 * booked in, and those whose documents are too large. Then deletes the sealed
	 * registrations of deleted events.
	 */
	public Mono<Void> sweep() {
		MaintenanceSweep sweep = new MaintenanceSweep(this.collections);
		return Flux
			.concat(sweep.unfinishedEvents().onErrorResume(this::reportFailedSweep),
					Flux.fromIterable(this.largeDocuments.toCheck()))
			.distinct()
			.concatMap(this::sweep)
			.then(sweep.purgeDeletedEvents(Instant.now()));
	}

	/** The failure of one event does not stop the sweep. */
	private Mono<Void> sweep(ObjectId event) {
		return this.eventMaintenance.maintain(event, memory(event))
			.doOnSuccess((nothing) -> this.largeDocuments.maintained(event))
			.onErrorResume((fault) -> {
				this.largeDocuments.failed(event, memory(event));
				return reportFailedSweep(fault);
			});
	}

	private <T> Mono<T> reportFailedSweep(Throwable fault) {
		this.failures.report(StorageMonitor.Task.SWEEP, fault);
		return Mono.empty();
	}

	@Override
	public void start() {
		this.background = new BackgroundWork(this.failures);
		this.running = true;
		this.sweeps.update(Flux.interval(FIRST_SWEEP, SWEEP_INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> sweep().onErrorResume(this::reportFailedSweep), 1)
			.subscribe());
	}

	/**
	 * Spring waits for the callback, with a time limit, before it closes the client.
	 * @param callback called when no work runs in the background
	 */
	@Override
	public void stop(Runnable callback) {
		stop();
		this.background.stop().thenRun(callback);
	}

	@Override
	public void stop() {
		this.sweeps.update(Disposables.disposed());
		this.background.dispose();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
