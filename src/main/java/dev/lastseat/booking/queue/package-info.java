/**
 * The event queues: which requests wait, which go together in a round, what bounds them,
 * and how each gets its answer. A part of the core, seen by the core only. Depends on
 * {@code booking}, Reactor and JSpecify.
 */
@NullMarked
package dev.lastseat.booking.queue;

import org.jspecify.annotations.NullMarked;
