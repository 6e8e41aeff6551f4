package dev.lastseat.security;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;

/**
 * Which access tokens are accepted. Spring Boot adds these validators to those of
 * {@code spring.security.oauth2.resourceserver.jwt.*}, and leaves out its own of the same
 * type.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class TokenConfiguration {

	/** With and without the prefix that RFC 7515, 4.1.9 allows to omit. */
	private static final List<String> TYPES = List.of("JWT", "application/jwt", "at+jwt", "application/at+jwt");

	private static final List<String> SCOPE_CLAIMS = List.of("scope", "scp");

	/**
	 * Tokens without a type as well: most issuers set none.
	 */
	@Bean
	JwtTypeValidator tokenTypes() {
		JwtTypeValidator types = new JwtTypeValidator(TYPES);
		types.setAllowEmpty(true);
		return types;
	}

	@Bean
	JwtTimestampValidator tokenTimes(SecuritySettings settings) {
		JwtTimestampValidator times = new JwtTimestampValidator();
		times.setAllowEmptyExpiryClaim(settings.allowTokensWithoutExpiry());
		return times;
	}

	@Bean
	TokenForm tokenForm(OAuth2ResourceServerProperties resourceServer) {
		String subject = resourceServer.getJwt().getPrincipalClaimName();
		String scopes = resourceServer.getJwt().getAuthoritiesClaimName();
		return new TokenForm((subject != null) ? subject : JwtClaimNames.SUB,
				(scopes != null) ? List.of(scopes) : SCOPE_CLAIMS);
	}

}
