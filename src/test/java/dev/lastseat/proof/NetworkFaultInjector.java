package dev.lastseat.proof;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.TcpProxy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Breaks lines: some of them, for a random short time, and again after a random pause.
 */
final class NetworkFaultInjector {

	private static final int TIMES = 8;

	/** Some are over before anybody waits too long, some after. In milliseconds. */
	private static final int LONGEST = 1_500;

	private static final int LONGEST_PAUSE = 400;

	private final List<TcpProxy> lines;

	private final List<NetworkFault> kinds;

	private final Random random;

	private final AtomicInteger injected = new AtomicInteger();

	NetworkFaultInjector(List<TcpProxy> lines, List<NetworkFault> kinds, Random random) {
		this.lines = lines;
		this.kinds = kinds;
		this.random = random;
	}

	/**
	 * @return how many faults there were, one for each line and time, when all are over
	 */
	Mono<Integer> strike() {
		return Flux.range(0, TIMES).concatMap((time) -> strikeOnce()).then(Mono.fromSupplier(this.injected::get));
	}

	private Mono<Long> strikeOnce() {
		NetworkFault kind = this.kinds.get(this.random.nextInt(this.kinds.size()));
		List<TcpProxy> struck = struck();
		return Mono.delay(upTo(LONGEST_PAUSE))
			.doOnNext((begin) -> struck.forEach((line) -> begin(kind, line)))
			.then(Mono.delay(upTo(LONGEST)))
			.doOnNext((end) -> struck.forEach(kind::end));
	}

	private void begin(NetworkFault kind, TcpProxy line) {
		kind.begin(line, this.random);
		this.injected.incrementAndGet();
	}

	private Duration upTo(int milliseconds) {
		return Duration.ofMillis(1 + this.random.nextInt(milliseconds));
	}

	/** At least one, now and then all. */
	private List<TcpProxy> struck() {
		TcpProxy sure = this.lines.get(this.random.nextInt(this.lines.size()));
		return this.lines.stream().filter((line) -> line == sure || this.random.nextBoolean()).toList();
	}

}
