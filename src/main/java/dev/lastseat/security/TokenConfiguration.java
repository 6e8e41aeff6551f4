package dev.lastseat.security;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;

/**
 * Validators of access tokens. Spring Boot adds them to the validators of
 * {@code spring.security.oauth2.resourceserver.jwt.*}. They replace its own validators of
 * the same type.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@Conditional(InMode.Jwt.class)
class TokenConfiguration {

	/**
	 * With and without the prefix {@code application/}, which is optional (RFC 7515,
	 * 4.1.9).
	 */
	private static final List<String> TYPES = List.of("JWT", "application/jwt", "at+jwt", "application/at+jwt");

	private static final List<String> SCOPE_CLAIMS = List.of("scope", "scp");

	/**
	 * Accepts tokens without a type too, since most issuers set none.
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
	ClaimTypes claimTypes(OAuth2ResourceServerProperties resourceServer) {
		String subject = resourceServer.getJwt().getPrincipalClaimName();
		String scopes = resourceServer.getJwt().getAuthoritiesClaimName();
		return new ClaimTypes((subject != null) ? subject : JwtClaimNames.SUB,
				(scopes != null) ? List.of(scopes) : SCOPE_CLAIMS);
	}

}
