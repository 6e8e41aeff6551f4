/**
 * The proofs: what is promised, held while things break for real. Each run adds a line to
 * a file in {@code target/proof}, and all lines together are a table.
 */
@NullMarked
package dev.lastseat.proof;

import org.jspecify.annotations.NullMarked;
