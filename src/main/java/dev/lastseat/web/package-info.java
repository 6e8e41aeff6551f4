/**
 * HTTP: one table of routes, handlers that turn requests into commands and outcomes into
 * responses, and problem details for everything that goes wrong. The only place that
 * knows status codes. Depends on {@code booking} and Spring WebFlux; entered through its
 * configuration.
 */
@NullMarked
package dev.lastseat.web;

import org.jspecify.annotations.NullMarked;
