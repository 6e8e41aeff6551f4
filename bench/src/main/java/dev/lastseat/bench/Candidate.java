package dev.lastseat.bench;

import reactor.core.publisher.Mono;

/**
 * One side of a row.
 *
 * @param run prepares its events, measures and checks the history; each subscription is a
 * new run
 * @param warming whether its runs warm up the code of all rows with such requests
 */
record Candidate(String name, Mono<Run> run, boolean warming) {

	Candidate(String name, Mono<Run> run) {
		this(name, run, false);
	}

	static Candidate warming(String name, Mono<Run> run) {
		return new Candidate(name, run, true);
	}

}
