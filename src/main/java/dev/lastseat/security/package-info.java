/**
 * Access control, in two modes. In {@code jwt} the service is a resource server and
 * requires access tokens. In {@code open} requests are not authenticated, and the server
 * binds the loopback address by default. Depends on {@code booking}, Spring Security,
 * Spring Boot and Guava's caches. Entered through its configuration.
 */
@NullMarked
package dev.lastseat.security;

import org.jspecify.annotations.NullMarked;
