/**
 * Streams the live status of events, standings and journals as server-sent events, and
 * limits how many streams are open. Depends on {@code booking}, {@code status},
 * {@code web.problem}, Spring's response, Reactor Netty and Netty.
 */
@NullMarked
package dev.lastseat.web.stream;

import org.jspecify.annotations.NullMarked;
