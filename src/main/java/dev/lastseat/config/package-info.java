/**
 * Defines the configuration properties and passes each package its values. May use every
 * package. No package uses it.
 */
@NullMarked
package dev.lastseat.config;

import org.jspecify.annotations.NullMarked;
