/**
 * The event queues: they collect the requests for an event, send them in batches, limit
 * how many requests wait, and deliver the answers. Also the reads that callers share.
 * Used by {@code booking} only. Depends on {@code booking}, Reactor and JSpecify.
 */
@NullMarked
package dev.lastseat.booking.queue;

import org.jspecify.annotations.NullMarked;
