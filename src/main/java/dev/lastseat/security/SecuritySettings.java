package dev.lastseat.security;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * How callers are authenticated.
 *
 * @param mode {@code open} or {@code jwt}. The default is {@code jwt} if a resource
 * server is configured ({@code spring.security.oauth2.resourceserver.jwt.*}), else
 * {@code open}
 * @param allowTokensWithoutExpiry whether an access token without the claim {@code exp}
 * is accepted. Such a token is valid until the keys of its issuer change
 * @param tokenCacheTime the maximum time until a token is verified again; 0 verifies it
 * at each request. A token is rejected at most this time after its key is no longer
 * trusted. Its expiry is checked at each request
 */
public record SecuritySettings(@Nullable Mode mode, @DefaultValue("false") boolean allowTokensWithoutExpiry,
		@DefaultValue("1m") Duration tokenCacheTime) {

	public SecuritySettings {
		if (tokenCacheTime.isNegative()) {
			throw new IllegalArgumentException("lastseat.security.token-cache-time must not be negative");
		}
	}

	/** How requests are authenticated. */
	public enum Mode {

		/** Requests are not authenticated. */
		OPEN,

		/** Requests are authenticated by an access token, a signed JWT. */
		JWT;

		private static final String JWT_PROPERTIES = "spring.security.oauth2.resourceserver.jwt.";

		/**
		 * Decides before any bean exists, because the mode decides which beans exist. A
		 * resource server is configured when Spring Boot would create a decoder of
		 * tokens.
		 */
		public static Mode of(Environment environment) {
			return Binder.get(environment)
				.bind("lastseat.security.mode", Mode.class)
				.orElseGet(() -> isResourceServer(environment) ? JWT : OPEN);
		}

		private static boolean isResourceServer(Environment environment) {
			return environment.getProperty(JWT_PROPERTIES + "jwk-set-uri") != null
					|| StringUtils.hasText(environment.getProperty(JWT_PROPERTIES + "issuer-uri"))
					|| StringUtils.hasText(environment.getProperty(JWT_PROPERTIES + "public-key-location"));
		}

	}

}
