package dev.lastseat.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.sun.management.ThreadMXBean;
import reactor.core.publisher.Mono;

/**
 * Measures what a service uses.
 * <p>
 * The bytes are those of all threads of the process except the threads of the load
 * generator and of the embedded engine: the threads of the server, the driver and
 * Reactor. Both services of the process are included, but only one is busy. The recording
 * of histories is not included: it runs on the thread of the load generator.
 */
final class CostMeter {

	/** The prefixes of the names of threads that do not belong to the service. */
	private static final List<String> OTHERS = List.of(LoadGenerator.THREADS, "mongo-");

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final CommandCounter commands;

	CostMeter(Service service) {
		this.commands = service.commands();
	}

	/** Adds the cost of the service to the result of a run. */
	Mono<Run> metered(Mono<Run> run) {
		return Mono.defer(() -> {
			long sent = this.commands.sent();
			Map<Long, Long> before = allocated();
			return run
				.map((done) -> done.with(new Cost(this.commands.sent() - sent, allocatedSince(before, allocated()))));
		});
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
