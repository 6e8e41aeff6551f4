/**
 * What the core does, as Micrometer meters: how many admissions run, how each ends and
 * how long it takes, and what goes wrong in the storage. Depends on {@code booking} and
 * Micrometer; entered through its configuration.
 */
@NullMarked
package dev.lastseat.metrics;

import org.jspecify.annotations.NullMarked;
