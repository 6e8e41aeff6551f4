/**
 * Who may do what, in the two modes: {@code jwt}, a resource server that reads access
 * tokens, and {@code open}, where everybody may do everything and only this machine can
 * connect. Depends on {@code booking} and Spring Security; entered through its
 * configuration.
 */
@NullMarked
package dev.lastseat.security;

import org.jspecify.annotations.NullMarked;
