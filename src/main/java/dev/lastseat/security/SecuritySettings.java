package dev.lastseat.security;

import org.jspecify.annotations.Nullable;

/**
 * How callers are told apart.
 *
 * @param mode {@code open} or {@code jwt}. When it is not set: {@code jwt} where a
 * resource server is configured ({@code spring.security.oauth2.resourceserver.jwt.*}),
 * else {@code open}
 */
public record SecuritySettings(@Nullable Mode mode) {

	/**
	 * The two modes.
	 */
	public enum Mode {

		/** Nobody is asked who they are. */
		OPEN,

		/** Callers show an access token, a signed JWT. */
		JWT

	}

}
