/**
 * The commands that prove and measure the service from the command line. Depends on
 * {@code booking}, on {@code history} to judge what happened, on its own package
 * {@code bench} for what is measured, on Spring Boot to start the service's own wiring on
 * a database that is dropped afterwards, and on picocli for the arguments; entered
 * through {@link dev.lastseat.stress.Commands}.
 */
@NullMarked
package dev.lastseat.stress;

import org.jspecify.annotations.NullMarked;
