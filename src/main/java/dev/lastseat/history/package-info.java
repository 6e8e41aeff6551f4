/**
 * The evidence: what was asked of an event and what was answered, and the check whether
 * any sequential execution explains it. Depends on {@code booking}, on Reactor to record
 * and on Jackson to keep a history in a file.
 */
@NullMarked
package dev.lastseat.history;

import org.jspecify.annotations.NullMarked;
