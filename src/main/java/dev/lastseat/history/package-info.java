/**
 * The checker of linearizability: a history holds the operations on one event with their
 * invocations and responses, and the checker searches for a sequential execution that
 * explains them. Depends on {@code booking}, on Reactor to record and on Jackson to read
 * and write history files.
 */
@NullMarked
package dev.lastseat.history;

import org.jspecify.annotations.NullMarked;
