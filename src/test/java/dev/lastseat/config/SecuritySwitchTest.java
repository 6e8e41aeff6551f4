package dev.lastseat.config;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which auto-configurations are excluded in open mode.
 */
class SecuritySwitchTest {

	private static final List<String> SECURITY = Stream
		.of(ReactiveWebSecurityAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class,
				ReactiveOAuth2ResourceServerAutoConfiguration.class)
		.map(Class::getName)
		.toList();

	private static SecuritySwitch in(String mode) {
		SecuritySwitch security = new SecuritySwitch();
		security.setEnvironment(new MockEnvironment().withProperty("lastseat.security.mode", mode));
		return security;
	}

	@Test
	void excludesSpringSecurityInOpenMode() {
		assertThat(SECURITY).noneMatch(in("open")::includes);
	}

	@Test
	void includesSpringSecurityInJwtMode() {
		assertThat(SECURITY).allMatch(in("jwt")::includes);
	}

	@Test
	void includesEverythingElse() {
		assertThat(in("open").includes(WebFluxAutoConfiguration.class.getName())).isTrue();
		assertThat(in("open").includes(null)).isTrue();
	}

}
