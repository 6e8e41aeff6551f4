/**
 * The core: events, requests, outcomes, the use cases, and the ports that other packages
 * implement. Depends on {@code java.*}, Reactor and JSpecify only.
 */
@NullMarked
package dev.lastseat.booking;

import org.jspecify.annotations.NullMarked;
