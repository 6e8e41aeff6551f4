package dev.lastseat.proof;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.TcpProxy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Injects a random fault into some of the connections for a random short time, and
 * repeats that after a random pause.
 */
final class NetworkFaultInjector {

	private static final int ROUNDS = 8;

	/**
	 * In milliseconds. Some faults end before a time limit of the service, some after.
	 */
	private static final int MAX_DURATION = 1_500;

	private static final int MAX_PAUSE = 400;

	private final List<TcpProxy> proxies;

	private final List<NetworkFault> kinds;

	private final Random random;

	private final AtomicInteger injected = new AtomicInteger();

	NetworkFaultInjector(List<TcpProxy> proxies, List<NetworkFault> kinds, Random random) {
		this.proxies = proxies;
		this.kinds = kinds;
		this.random = random;
	}

	/**
	 * Injects the faults one after the other.
	 * @return the number of faults when all have ended; a fault of several proxies counts
	 * once for each
	 */
	Mono<Integer> inject() {
		return inject(ROUNDS);
	}

	/**
	 * @param rounds the number of rounds, each with faults of one kind
	 */
	Mono<Integer> inject(int rounds) {
		return Flux.range(0, rounds).concatMap((round) -> injectOnce()).then(Mono.fromSupplier(this.injected::get));
	}

	private Mono<Long> injectOnce() {
		NetworkFault kind = this.kinds.get(this.random.nextInt(this.kinds.size()));
		List<TcpProxy> affected = choose();
		return Mono.delay(upTo(MAX_PAUSE))
			.doOnNext((begin) -> affected.forEach((proxy) -> inject(kind, proxy)))
			.then(Mono.delay(upTo(MAX_DURATION)))
			.doOnNext((end) -> affected.forEach(kind::remove));
	}

	private void inject(NetworkFault kind, TcpProxy proxy) {
		kind.inject(proxy, this.random);
		this.injected.incrementAndGet();
	}

	private Duration upTo(int milliseconds) {
		return Duration.ofMillis(1 + this.random.nextInt(milliseconds));
	}

	/** Chooses at least one proxy, and sometimes all. */
	private List<TcpProxy> choose() {
		TcpProxy first = this.proxies.get(this.random.nextInt(this.proxies.size()));
		return this.proxies.stream().filter((proxy) -> proxy == first || this.random.nextBoolean()).toList();
	}

}
