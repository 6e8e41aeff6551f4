package dev.lastseat.web.metrics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * The meters of HTTP requests. They have the names and the tags that Spring's observation
 * of a request gives them.
 * <p>
 * A request looks its timer up by a small key. Tags are created once for each timer.
 */
final class RequestMeters {

	static final String NAME = "http.server.requests";

	private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

	private final MeterRegistry registry;

	/** The timers of active requests, by method. */
	private final Map<String, LongTaskTimer> active = new ConcurrentHashMap<>();

	private final Map<RequestTags, Timer> ended = new ConcurrentHashMap<>();

	RequestMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Starts to measure the request. {@link Measurement#stop} must be called exactly
	 * once.
	 */
	Measurement start(ServerWebExchange exchange) {
		HttpMethod method = exchange.getRequest().getMethod();
		String name = METHODS.contains(method) ? method.name() : RequestTags.UNKNOWN;
		return new Measurement(exchange, name, this.active.computeIfAbsent(name, this::activeTimer).start());
	}

	private LongTaskTimer activeTimer(String method) {
		return LongTaskTimer.builder(NAME + ".active").tags(RequestTags.ofActive(method)).register(this.registry);
	}

	private Timer endedTimer(RequestTags tags) {
		return Timer.builder(NAME).tags(tags.toTags()).register(this.registry);
	}

	/** The measurement of one request. */
	final class Measurement {

		private final ServerWebExchange exchange;

		private final String method;

		private final LongTaskTimer.Sample active;

		private final long start = System.nanoTime();

		private @Nullable Throwable error;

		private Measurement(ServerWebExchange exchange, String method, LongTaskTimer.Sample active) {
			this.exchange = exchange;
			this.method = method;
			this.active = active;
		}

		/**
		 * Remembers the error of the filters. It becomes a tag if no error handler has
		 * answered it, because the response had started.
		 */
		void failed(Throwable error) {
			this.error = error;
		}

		/**
		 * @param cancelled whether the client disconnected before the end
		 */
		void stop(boolean cancelled) {
			long time = System.nanoTime() - this.start;
			RequestTags tags = RequestTags.of(this.exchange, this.method, this.error, cancelled);
			RequestMeters.this.ended.computeIfAbsent(tags, RequestMeters.this::endedTimer)
				.record(time, TimeUnit.NANOSECONDS);
			this.active.stop();
		}

	}

}
