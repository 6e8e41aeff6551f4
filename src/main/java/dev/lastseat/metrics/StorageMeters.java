package dev.lastseat.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.StorageMonitor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts failures of the storage outside of requests. All tasks are registered at the
 * start with the value 0.
 */
final class StorageMeters implements StorageMonitor {

	static final String TASKS = "lastseat.storage.tasks.failed";

	static final String LEFT_OUT = "lastseat.storage.documents.left.out";

	static final String OVERSIZED = "lastseat.storage.documents.oversized";

	static final String MISSING_INDEXES = "lastseat.storage.indexes.missing";

	private final Map<Task, Counter> failed = new EnumMap<>(Task.class);

	private final Counter leftOut;

	private final AtomicInteger missingIndexes = new AtomicInteger();

	private final AtomicInteger oversized = new AtomicInteger();

	StorageMeters(MeterRegistry registry) {
		for (Task task : Task.values()) {
			this.failed.put(task,
					Counter.builder(TASKS)
						.description("Tasks of the storage that failed and will be repeated")
						.tag("task", task.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
		this.leftOut = Counter.builder(LEFT_OUT)
			.description("Event documents that could not be read and are missing from an answer")
			.register(registry);
		Gauge.builder(MISSING_INDEXES, this.missingIndexes, AtomicInteger::get)
			.description("Indexes that could not be created")
			.register(registry);
		Gauge.builder(OVERSIZED, this.oversized, AtomicInteger::get)
			.description("Event documents that are too large and could not be made smaller")
			.register(registry);
	}

	@Override
	public void failed(Task task) {
		this.failed.get(task).increment();
	}

	@Override
	public void unreadableDocument() {
		this.leftOut.increment();
	}

	@Override
	public void missingIndexes(int count) {
		this.missingIndexes.set(count);
	}

	@Override
	public void oversizedDocuments(int count) {
		this.oversized.set(count);
	}

}
