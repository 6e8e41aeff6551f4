/**
 * Duration and number of the HTTP requests, as meters or, with a tracer, as observations.
 * Depends on {@code web.log}, {@code web.problem}, Spring WebFlux and Micrometer. Entered
 * through its configuration.
 */
@NullMarked
package dev.lastseat.web.metrics;

import org.jspecify.annotations.NullMarked;
