/**
 * Tests with real faults: of the network, of processes and of the database. Each run
 * appends its result to a file in {@code target/proof}; the last test prints a table of
 * all results.
 */
@NullMarked
package dev.lastseat.proof;

import org.jspecify.annotations.NullMarked;
