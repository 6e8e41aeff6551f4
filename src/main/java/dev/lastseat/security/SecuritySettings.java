package dev.lastseat.security;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers are authenticated.
 *
 * @param mode {@code open} or {@code jwt}. The default is {@code jwt} if a resource
 * server is configured ({@code spring.security.oauth2.resourceserver.jwt.*}), else
 * {@code open}
 * @param allowTokensWithoutExpiry whether an access token without the claim {@code exp}
 * is accepted. Such a token is valid until the keys of its issuer change
 */
public record SecuritySettings(@Nullable Mode mode, @DefaultValue("false") boolean allowTokensWithoutExpiry) {

	/** How requests are authenticated. */
	public enum Mode {

		/** Requests are not authenticated. */
		OPEN,

		/** Requests are authenticated by an access token, a signed JWT. */
		JWT

	}

}
