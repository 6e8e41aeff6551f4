/**
 * The application's entry point, and nothing else.
 */
@NullMarked
package dev.lastseat;

import org.jspecify.annotations.NullMarked;
