package dev.lastseat.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Measures what the process that it runs in uses.
 * <p>
 * The bytes are those of all threads except the threads of the load generator and of the
 * embedded engine: the threads of the server, the driver and Reactor.
 */
final class CostMeter {

	/** The prefixes of the names of threads that do not belong to the service. */
	private static final List<String> OTHERS = List.of(LoadGenerator.THREADS, "mongo-");

	/** Collections before the used heap is read: the first ones free references. */
	private static final int COLLECTIONS = 3;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final LongSupplier commands;

	private Map<Long, Long> allocated = Map.of();

	private long bytes;

	/**
	 * @param commands the number of commands sent so far
	 */
	CostMeter(LongSupplier commands) {
		this.commands = commands;
	}

	/** Returns the cost since the start. Only differences have a meaning. */
	synchronized Cost read() {
		Map<Long, Long> now = allocated();
		this.bytes += allocatedSince(this.allocated, now);
		this.allocated = now;
		return new Cost(this.commands.getAsLong(), this.bytes,
				TimeUnit.NANOSECONDS.toMicros(this.process.getProcessCpuTime()));
	}

	/** Returns the bytes of the heap that are in use after full collections. */
	static long heap() {
		for (int collection = 0; collection < COLLECTIONS; collection++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** Ignores threads that have ended since. */
	static long allocatedSince(Map<Long, Long> before, Map<Long, Long> after) {
		return after.entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
			.sum();
	}

	/** The allocated bytes of each thread of the service, by thread id. */
	private Map<Long, Long> allocated() {
		return Arrays.stream(this.threads.getThreadInfo(this.threads.getAllThreadIds()))
			.filter(Objects::nonNull)
			.filter(CostMeter::isOfTheService)
			.map(ThreadInfo::getThreadId)
			.collect(Collectors.toMap(Function.identity(), this.threads::getThreadAllocatedBytes));
	}

	private static boolean isOfTheService(ThreadInfo thread) {
		return OTHERS.stream().noneMatch(thread.getThreadName()::startsWith);
	}

}
