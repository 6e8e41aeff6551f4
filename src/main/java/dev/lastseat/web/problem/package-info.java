/**
 * Turns errors into RFC 9457 problems and writes them as responses. Depends on {@code
 * booking}, {@code web.log}, Spring WebFlux and Spring Security.
 */
@NullMarked
package dev.lastseat.web.problem;

import org.jspecify.annotations.NullMarked;
