/**
 * The embedded engine: starts and stops a MongoDB-compatible server within this process
 * and says where it listens, and gives it the indexes that its library lacks. Knows
 * nothing of events; depends on the engine's library and Spring Boot; entered through its
 * configuration.
 */
@NullMarked
package dev.lastseat.embedded;

import org.jspecify.annotations.NullMarked;
