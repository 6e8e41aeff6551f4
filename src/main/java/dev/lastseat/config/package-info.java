/**
 * Configuration properties, and the wiring that hands each package its plain values. May
 * use every package, and is used by none.
 */
@NullMarked
package dev.lastseat.config;

import org.jspecify.annotations.NullMarked;
