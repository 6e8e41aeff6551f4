/**
 * The commands that prove the service from the command line. Depends on {@code booking},
 * on {@code history} to judge what happened, on Spring Boot to start the service's own
 * wiring without its web server, and on picocli for the arguments; entered through
 * {@link dev.lastseat.stress.Commands}.
 */
@NullMarked
package dev.lastseat.stress;

import org.jspecify.annotations.NullMarked;
