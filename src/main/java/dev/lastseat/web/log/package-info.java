/**
 * Request ids and the access log. Depends on Spring WebFlux, Reactor and Logback only.
 */
@NullMarked
package dev.lastseat.web.log;

import org.jspecify.annotations.NullMarked;
