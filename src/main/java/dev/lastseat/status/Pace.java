package dev.lastseat.status;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * When streams do what they do.
 *
 * @param pause between two updates of an event, at least
 * @param letGoAfter how long a stream that nobody watches any more is kept
 * @param scheduler counts the time, and is where updates are encoded and handed out
 */
record Pace(Duration pause, Duration letGoAfter, Scheduler scheduler) {

	/** Ten updates a second: more than that, no eye can follow. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	/**
	 * Outlasts a browser that comes back, which it does after two seconds, and the time
	 * between two looks of who asks first and watches then.
	 */
	private static final Duration LET_GO_AFTER = Duration.ofSeconds(5);

	static Pace standard() {
		return new Pace(PAUSE, LET_GO_AFTER, Schedulers.parallel());
	}

	Conflation conflation() {
		return new Conflation(this.pause, this.scheduler);
	}

	Disposable later(Runnable letGo) {
		return this.scheduler.schedule(letGo, this.letGoAfter.toNanos(), TimeUnit.NANOSECONDS);
	}

}
