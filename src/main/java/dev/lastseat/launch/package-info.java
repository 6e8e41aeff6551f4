/**
 * The main class of the jar, and the loader of its classes. Depends on the JDK only,
 * since it runs before all other classes are loaded.
 */
@NullMarked
package dev.lastseat.launch;

import org.jspecify.annotations.NullMarked;
