package dev.lastseat.bench;

import reactor.core.publisher.Mono;

/**
 * One side of a row.
 *
 * @param run prepares its events, measures and checks the history; each subscription is a
 * new run
 */
record Candidate(String name, Mono<Run> run) {
}
