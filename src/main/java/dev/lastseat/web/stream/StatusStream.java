package dev.lastseat.web.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Scheduler;

/**
 * What goes over one stream: how long to wait before coming back, the updates, and in
 * between a sign of life.
 */
public final class StatusStream {

	/**
	 * Proxies cut connections that are silent for a minute, some for half of one; and
	 * that a client is gone shows when something is sent to it.
	 */
	private static final Duration PING_EVERY = Duration.ofSeconds(15);

	private static final String OPENING = "retry: 2000\n\n";

	private static final String PING = ": ping\n\n";

	private final Scheduler scheduler;

	/**
	 * @param scheduler counts the time between the signs of life
	 */
	public StatusStream(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Completes with the last of the events that is closed. When the updates complete
	 * before, because the process ends, the client is told to come back: not all in the
	 * same moment.
	 * @param events how many events the updates are of
	 * @param form what an update is on this stream
	 */
	public Flux<ByteBuffer> of(Flux<StatusFrame> updates, int events, Function<StatusFrame, ByteBuffer> form) {
		return Flux.defer(() -> {
			AtomicInteger open = new AtomicInteger(events);
			Mono<ByteBuffer> farewell = Mono.defer(() -> (open.get() > 0) ? Mono.just(farewell()) : Mono.empty());
			return withSignsOfLife(
					updates.doOnNext((frame) -> open.addAndGet(frame.closed() ? -1 : 0)).map(form).concatWith(farewell))
				.startWith(bytes(OPENING));
		});
	}

	private Flux<ByteBuffer> withSignsOfLife(Flux<ByteBuffer> frames) {
		Flux<ByteBuffer> pings = Flux.interval(PING_EVERY, this.scheduler)
			.onBackpressureDrop()
			.map((tick) -> bytes(PING));
		// As signals, so that the end of the frames is the end of all.
		return Flux.merge(1, frames.materialize(), pings.map(Signal::next)).dematerialize();
	}

	private static ByteBuffer farewell() {
		return bytes("retry: " + ThreadLocalRandom.current().nextInt(1_000, 5_001) + "\n: the service ends\n\n");
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

}
