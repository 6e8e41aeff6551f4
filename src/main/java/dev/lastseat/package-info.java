/**
 * Contains the entry point of the application only.
 */
@NullMarked
package dev.lastseat;

import org.jspecify.annotations.NullMarked;
