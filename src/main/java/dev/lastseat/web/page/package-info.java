/**
 * Serves the web page, Swagger UI, the API description and the pages of the problem
 * codes. Depends on {@code web.problem} and Spring WebFlux.
 */
@NullMarked
package dev.lastseat.web.page;

import org.jspecify.annotations.NullMarked;
