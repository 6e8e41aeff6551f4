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
 * The content of a stream: the reconnection time, the updates, and periodic pings.
 */
public final class StatusStream {

	/**
	 * The interval of the pings. Proxies close connections that are silent for 60 s, some
	 * after 30 s. Also, the server notices that a client has disconnected only when it
	 * sends something.
	 */
	private static final Duration PING_EVERY = Duration.ofSeconds(15);

	private static final String OPENING = "retry: 2000\n\n";

	private static final String PING = ": ping\n\n";

	private final Scheduler scheduler;

	/**
	 * @param scheduler schedules the pings
	 */
	public StatusStream(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Completes when all of the events are closed. When the updates complete earlier,
	 * because the process shuts down, the client is told to reconnect after a random
	 * time, so that not all clients reconnect in the same moment.
	 * @param events the number of events in the stream
	 * @param encoder converts an update to the bytes of this stream
	 */
	public Flux<ByteBuffer> of(Flux<StatusFrame> updates, int events, Function<StatusFrame, ByteBuffer> encoder) {
		return Flux.defer(() -> {
			AtomicInteger open = new AtomicInteger(events);
			Mono<ByteBuffer> reconnectHint = Mono
				.defer(() -> (open.get() > 0) ? Mono.just(reconnectHint()) : Mono.empty());
			return withPings(updates.doOnNext((frame) -> open.addAndGet(frame.closed() ? -1 : 0))
				.map(encoder)
				.concatWith(reconnectHint)).startWith(bytes(OPENING));
		});
	}

	private Flux<ByteBuffer> withPings(Flux<ByteBuffer> frames) {
		Flux<ByteBuffer> pings = Flux.interval(PING_EVERY, this.scheduler)
			.onBackpressureDrop()
			.map((tick) -> bytes(PING));
		// Materialized, so that the end of the frames ends the pings too.
		return Flux.merge(1, frames.materialize(), pings.map(Signal::next)).dematerialize();
	}

	private static ByteBuffer reconnectHint() {
		return bytes("retry: " + ThreadLocalRandom.current().nextInt(1_000, 5_001) + "\n: the service ends\n\n");
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

}
