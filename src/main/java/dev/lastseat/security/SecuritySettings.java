package dev.lastseat.security;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers are identified.
 *
 * @param mode {@code open} or {@code jwt}. When it is not set: {@code jwt} where a
 * resource server is configured ({@code spring.security.oauth2.resourceserver.jwt.*}),
 * else {@code open}
 * @param allowTokensWithoutExpiry whether an access token without the claim {@code exp}
 * is accepted. Such a token is valid until the keys of its issuer change
 */
public record SecuritySettings(@Nullable Mode mode, @DefaultValue("false") boolean allowTokensWithoutExpiry) {

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
