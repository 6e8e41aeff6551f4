package dev.lastseat.web.server;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Delays the shutdown between the moment when readiness turns to "out of service", which
 * Spring Boot reports immediately, and the moment when the server stops accepting
 * connections. A load balancer needs this time to stop sending requests.
 */
public final class Drain implements SmartLifecycle {

	/** The phase before the one in which the web server stops accepting connections. */
	public static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;

	private final Duration duration;

	private volatile boolean running;

	public Drain(Duration duration) {
		this.duration = duration;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		Mono.delay(this.duration).subscribe((tick) -> callback.run());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
