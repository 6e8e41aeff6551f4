/**
 * Puts load on the code of the service before the process is ready, so that its first
 * clients find compiled code. Depends on Spring Boot, Spring's event loops and Logback.
 */
@NullMarked
package dev.lastseat.warmup;

import org.jspecify.annotations.NullMarked;
