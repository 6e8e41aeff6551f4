/**
 * The core: what an event, a registration and an outcome are, the port that decides
 * admissions, and the use cases on top of it. Depends on {@code java.*}, Reactor and
 * JSpecify only.
 */
@NullMarked
package dev.lastseat.booking;

import org.jspecify.annotations.NullMarked;
