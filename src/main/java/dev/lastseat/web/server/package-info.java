/**
 * Limits what a connection may send, hold and buffer, and controls the shutdown of the
 * server. Depends on {@code booking}, {@code web.problem}, {@code web.log}, Reactor Netty
 * and Spring WebFlux.
 */
@NullMarked
package dev.lastseat.web.server;

import org.jspecify.annotations.NullMarked;
