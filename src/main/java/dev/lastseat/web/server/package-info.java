/**
 * Limits what a connection may send, hold and buffer, adds the default headers, runs
 * answers and timeouts on the event loops and timers of Netty, and controls the shutdown
 * of the server. Depends on {@code booking}, {@code web.problem}, {@code web.log},
 * Reactor Netty and Spring WebFlux.
 */
@NullMarked
package dev.lastseat.web.server;

import org.jspecify.annotations.NullMarked;
