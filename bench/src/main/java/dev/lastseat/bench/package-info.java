/**
 * The benchmark: paired runs against the service and a bare route, and their ratios. Uses
 * {@code booking}, {@code history} to check the answers of every run, and {@code stress}
 * to start the service. Uses Netty for the load, the MongoDB driver for comparison and to
 * count its commands, and Spring WebFlux for the bare route. Entered through
 * {@link dev.lastseat.bench.BenchCommand}; {@code MeasuredService} and {@code BareRoute}
 * are the measured processes.
 */
@NullMarked
package dev.lastseat.bench;

import org.jspecify.annotations.NullMarked;
