package dev.lastseat.web;

import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;

/**
 * Bounds how many streams are open at once.
 */
final class StreamPlaces {

	private final int most;

	private final AtomicInteger taken = new AtomicInteger();

	StreamPlaces(int most) {
		this.most = most;
	}

	/**
	 * Takes a place for as long as the stream is subscribed to, however it ends.
	 * @return an error where there is no place; the stream has not begun then
	 */
	Mono<Void> during(Mono<Void> stream) {
		return Mono.using(this::take, (place) -> stream, (place) -> this.taken.decrementAndGet());
	}

	private int take() {
		int place = this.taken.incrementAndGet();
		if (place > this.most) {
			this.taken.decrementAndGet();
			throw noneLeft();
		}
		return place;
	}

	static ProblemException noneLeft() {
		return Problems.passing(ProblemCode.OVERLOADED, "too many streams are open");
	}

}
