/**
 * The benchmark: paired runs against the service, and their ratios. Uses {@code booking},
 * {@code history} to check the answers of every run, and {@code stress} to start the
 * service. Uses Netty for the load, the MongoDB driver for comparison and to count its
 * commands, and Spring WebFlux for a route with an empty handler. Entered through
 * {@link dev.lastseat.bench.BenchCommand}.
 */
@NullMarked
package dev.lastseat.bench;

import org.jspecify.annotations.NullMarked;
