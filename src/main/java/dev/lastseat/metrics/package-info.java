/**
 * Micrometer meters of the core: how many requests are under way, their outcomes and
 * durations, and the failures of the storage. Depends on {@code booking} and Micrometer.
 * Entered through its configuration.
 */
@NullMarked
package dev.lastseat.metrics;

import org.jspecify.annotations.NullMarked;
