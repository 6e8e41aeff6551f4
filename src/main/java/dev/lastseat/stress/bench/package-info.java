/**
 * The measurements behind the command {@code bench}: pairs of runs, and the ratio of the
 * two. Depends on {@code booking}, on {@code history} to judge every run, on Netty for
 * the load, on the driver to be compared with and to count its commands, and on Spring's
 * routes for a handler that does nothing; entered through
 * {@link dev.lastseat.stress.bench.Bench}.
 */
@NullMarked
package dev.lastseat.stress.bench;

import org.jspecify.annotations.NullMarked;
