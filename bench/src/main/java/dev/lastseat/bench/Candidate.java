package dev.lastseat.bench;

import reactor.core.publisher.Mono;

/**
 * One side of a comparison.
 *
 * @param run prepares what it needs, measures, and judges what was booked: all anew with
 * each subscription
 */
record Candidate(String name, Mono<Run> run) {
}
