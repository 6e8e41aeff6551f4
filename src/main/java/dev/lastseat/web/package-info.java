/**
 * The HTTP API: the route table, the handlers that turn requests into commands and
 * outcomes into responses, and the reading of requests. Depends on {@code booking},
 * {@code status}, its own subpackages and Spring WebFlux. Other packages enter it through
 * its configuration class.
 */
@NullMarked
package dev.lastseat.web;

import org.jspecify.annotations.NullMarked;
