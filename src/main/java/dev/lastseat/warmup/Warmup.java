package dev.lastseat.warmup;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.NestedExceptionUtils;

/**
 * Sends requests to a {@link ScratchService} until the compilers of Java have little left
 * to do, or the time of the warm-up is over. Spring Boot runs it after the web server has
 * started, and reports readiness after it. A failure is logged and does not prevent
 * readiness.
 */
final class Warmup implements ApplicationRunner, ApplicationListener<ContextClosedEvent> {

	/**
	 * The time after the warm-up for the last answers and the end of the scratch service.
	 * Both take less than 0.1 s when nothing hangs.
	 */
	private static final Duration GRACE = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(Warmup.class);

	private final Duration time;

	private final Supplier<ScratchService> services;

	/** Whether the result has been logged. */
	private final AtomicBoolean reported = new AtomicBoolean();

	private volatile long end;

	/**
	 * @param services starts a scratch service
	 */
	Warmup(Duration time, Supplier<ScratchService> services) {
		this.time = time;
		this.services = services;
	}

	/**
	 * Waits for the warm-up. When it hangs, the wait ends {@link #GRACE} after its time.
	 */
	@Override
	public void run(ApplicationArguments arguments) throws InterruptedException {
		if (this.time.isZero()) {
			return;
		}
		this.end = System.nanoTime() + this.time.toNanos();
		Thread thread = new Thread(this::warmUp, "warm-up");
		thread.setDaemon(true);
		thread.start();
		thread.join(this.time.plus(GRACE).toMillis());
		if (thread.isAlive()) {
			report(() -> logger.warn("Warm-up: did not end in time, the first requests may be slow"));
		}
	}

	private void warmUp() {
		long begin = System.nanoTime();
		try {
			Compilers compilers = Compilers.ofThisProcess();
			long answers = load(() -> System.nanoTime() - this.end < 0 && !compilers.areIdle());
			report(() -> logger.info("Warm-up: {} requests in {} ms", answers,
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
		}
		catch (Exception | LinkageError ex) {
			report(() -> logger.warn("Warm-up: failed, the first requests may be slow: {}",
					NestedExceptionUtils.getMostSpecificCause(ex).toString()));
		}
	}

	private void report(Runnable result) {
		if (this.reported.compareAndSet(false, true)) {
			result.run();
		}
	}

	/**
	 * Drops the lines of the scratch service, also those of its start and its end.
	 * @param running whether to continue
	 * @return the number of answers
	 */
	long load(BooleanSupplier running) throws Exception {
		try (DroppedLines lines = DroppedLines.install()) {
			MDC.put(DroppedLines.KEY, lines.requestId());
			try (ScratchService service = this.services.get()) {
				return new Load(service.port(), lines.requestId()).run(running);
			}
		}
		finally {
			MDC.remove(DroppedLines.KEY);
		}
	}

	/** Ends the warm-up when the service is stopped meanwhile. */
	@Override
	public void onApplicationEvent(ContextClosedEvent stopped) {
		this.end = System.nanoTime();
	}

}
