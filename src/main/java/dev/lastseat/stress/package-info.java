/**
 * The commands {@code stress} and {@code check}. Depends on {@code booking}, on
 * {@code history} to check the answers, on Spring Boot to start the service on a database
 * that is dropped afterwards, and on picocli for the arguments. Entered through
 * {@link dev.lastseat.stress.Commands}. The benchmark in {@code bench/} uses its classes
 * to run as a command and to start the service.
 */
@NullMarked
package dev.lastseat.stress;

import org.jspecify.annotations.NullMarked;
