package dev.lastseat.web.server;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * At a shutdown, stands between "not ready", which Spring Boot reports at once, and the
 * end of new connections: whoever routes requests here gets the time to notice.
 */
public final class Drain implements SmartLifecycle {

	/** Right before the web server stops to accept connections. */
	public static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;

	private final Duration time;

	private volatile boolean running;

	public Drain(Duration time) {
		this.time = time;
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
	public void stop(Runnable whenStopped) {
		this.running = false;
		Mono.delay(this.time).subscribe((tick) -> whenStopped.run());
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
