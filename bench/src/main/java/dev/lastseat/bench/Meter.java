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
 * Reads what a service has spent so far.
 * <p>
 * The bytes are those of all threads of the process but the generator's and the embedded
 * engine's: of the server, the driver and Reactor. Both services of a process count, but
 * only one is at work. The histories that are recorded are not in it, since that is done
 * where the answer arrives.
 */
final class Meter {

	/** What the names of threads begin with that are not the service's. */
	private static final List<String> OTHERS = List.of(Generator.THREADS, "mongo-");

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final CommandCounter commands;

	Meter(Service service) {
		this.commands = service.commands();
	}

	/**
	 * Adds to what the run came to what the service spent meanwhile.
	 */
	Mono<Run> metered(Mono<Run> run) {
		return Mono.defer(() -> {
			long sent = this.commands.sent();
			Map<Long, Long> before = allocated();
			return run
				.map((done) -> done.with(new Cost(this.commands.sent() - sent, allocatedSince(before, allocated()))));
		});
	}

	/**
	 * What threads had before that have ended since is left out on both sides.
	 */
	static long allocatedSince(Map<Long, Long> before, Map<Long, Long> after) {
		return after.entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
			.sum();
	}

	/** By each thread of the service, by its id. */
	private Map<Long, Long> allocated() {
		return Arrays.stream(this.threads.getThreadInfo(this.threads.getAllThreadIds()))
			.filter(Objects::nonNull)
			.filter(Meter::isOfTheService)
			.map(ThreadInfo::getThreadId)
			.collect(Collectors.toMap(Function.identity(), this.threads::getThreadAllocatedBytes));
	}

	private static boolean isOfTheService(ThreadInfo thread) {
		return OTHERS.stream().noneMatch(thread.getThreadName()::startsWith);
	}

}
