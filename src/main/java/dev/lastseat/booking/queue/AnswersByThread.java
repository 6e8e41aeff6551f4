package dev.lastseat.booking.queue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.lastseat.booking.AnswerPacer;
import dev.lastseat.booking.AnswerPacers;

/**
 * The slices of each pacer. Shared by all requests of the process, so that each pacer has
 * one slice scheduled at a time.
 */
public final class AnswersByThread {

	private final AnswerPacers pacers;

	private final ConcurrentMap<AnswerPacer, AnswerSlices> slices = new ConcurrentHashMap<>();

	/**
	 * @param pacers run the answers
	 */
	public AnswersByThread(AnswerPacers pacers) {
		this.pacers = pacers;
	}

	/**
	 * @return sends the answers of requests that the current thread submits
	 */
	AnswerSlices ofCurrentThread() {
		return this.slices.computeIfAbsent(this.pacers.ofCurrentThread(),
				(pacer) -> new AnswerSlices(pacer, AnswerSlices.SIZE));
	}

}
